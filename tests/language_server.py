"""A small client for a language server: it opens texts as an editor does, and asks what the editor would show.

The protocol is JSON-RPC over standard input and output, each message after a header with its length.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PATIENCE = 30
"""So many seconds a server may take for one answer."""

CURSOR = "▮"
"""Marks the cursor in a text."""


class LanguageServer:
    """A running server for the files of one folder, with the settings of a VS Code settings file."""

    def __init__(self, command: Sequence[str], root: Path, settings: dict[str, Any]) -> None:
        self.root, self.settings = root, _nested(settings)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)
        self.messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.number = 0
        self.problems: dict[str, list[dict[str, Any]]] = {}
        self.request("initialize", {
            "processId": None, "rootUri": root.as_uri(),
            "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
            "capabilities": {
                "workspace": {"configuration": True, "workspaceFolders": True,
                              "didChangeConfiguration": {"dynamicRegistration": True}},
                "textDocument": {
                    "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
                    "hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {}}}})
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": self.settings})
        self.configured = False
        while not self.configured:
            self._take(self._next())

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    # --- what an editor asks --------------------------------------------------------------

    def diagnostics(self, file: str, text: str) -> list[str]:
        """What is marked in a file of the folder that holds this text: `line: words` each, lines from 1."""
        return self.all_diagnostics({file: text})[file]

    def all_diagnostics(self, texts: dict[str, str]) -> dict[str, list[str]]:
        """The same for many files opened at once, by their names."""
        uris = {file: self._open(file, text) for file, text in texts.items()}
        while not set(uris.values()) <= set(self.problems):
            self._take(self._next())
        return {file: [f"{problem['range']['start']['line'] + 1}: {problem['message']}"
                       for problem in self.problems[uri]] for file, uri in uris.items()}

    def completions(self, file: str, text: str) -> dict[str, dict[str, Any]]:
        """What is offered at the cursor, by its label."""
        answer = self._at_cursor("textDocument/completion", file, text)
        return {item["label"]: item for item in (answer or {}).get("items", [])}

    def hover(self, file: str, text: str) -> str:
        """What is shown over the cursor, as Markdown."""
        answer = self._at_cursor("textDocument/hover", file, text)
        return str(answer["contents"]["value"]) if answer else ""

    def _at_cursor(self, method: str, file: str, text: str) -> Any:
        before, after = text.split(CURSOR)
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        uri = self._open(file, before + after)
        return self.request(method, {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}})

    def _open(self, file: str, text: str) -> str:
        """Open a text as this file, below a folder of its own: no answer can be about an earlier text."""
        self.number += 1
        uri = (self.root / f"text-{self.number}" / file).as_uri()
        self.notify("textDocument/didOpen", {
            "textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
        return uri

    # --- the protocol ---------------------------------------------------------------------

    def request(self, method: str, params: Any) -> Any:
        self.number += 1
        number = self.number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]
            self._take(message)

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _take(self, message: dict[str, Any]) -> None:
        """What the server says or asks of its own accord."""
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self.problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and method == "workspace/configuration":
            self._send({"id": message["id"], "result": [self.settings.get(item["section"])
                                                        for item in message["params"]["items"]]})
            self.configured = True
        elif "id" in message and method:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        message = self.messages.get(timeout=PATIENCE)
        assert message is not None, "the language server has stopped"
        return message

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
                while stream.readline().strip():
                    pass
                self.messages.put(json.loads(stream.read(length)))
        self.messages.put(None)


def _nested(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings as a server asks for them: `yaml.hover` becomes `hover` in `yaml`; `[yaml]` stays as it is."""
    result: dict[str, Any] = {}
    for name, value in settings.items():
        *folders, last = [name] if name.startswith("[") else name.split(".")
        here = result
        for folder in folders:
            here = here.setdefault(folder, {})
        here[last] = value
    return result
