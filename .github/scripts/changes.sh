#!/usr/bin/env bash
# Writes what HEAD changes since it left BASE into a folder: changes.md in words (empty where no content differs), and
# number, the pull request's. Also appends the words to the run's summary, where there is one.
#   BASE=main HEAD=my-branch NUMBER=0 REPOSITORY=https://host.example/owner/name .github/scripts/changes.sh FOLDER
set -euo pipefail

folder=$1
mkdir -p "$folder"
printf '%s\n' "$NUMBER" > "$folder/number"

content=${BRIEFING_CONTENT:-content}
left=$(git merge-base "$BASE" "$HEAD")
if git diff --quiet "$left" "$HEAD" -- "$content"; then
    : > "$folder/changes.md"
    words="This pull request does not change the content."
else
    REPO_HOST=${REPO_HOST:-github} .venv/bin/briefing diff "$left" "$HEAD" --repository "$REPOSITORY" --commit "$HEAD" > "$folder/changes.md"
    words=$(cat "$folder/changes.md")
fi
printf '%s\n' "$words" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
