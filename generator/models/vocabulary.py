"""The closed lists of words that fields choose from, each word with its meaning."""

from __future__ import annotations

from generator.models.fields import Vocabulary


class ActorType(Vocabulary):
    PERSON = "person", "one human being"
    STATE = "state", "a state and its foreign policy"
    GOVERNMENT = "government", "the government of a country that the talks are about"
    DELEGATION = "delegation", "those whom a party sends to the talks"
    OPPOSITION_BODY = "opposition body", "an organised political opposition"
    COALITION = "coalition", "an alliance of bodies, groups or parties"
    POLITICAL_PARTY = "political party", "a party"
    ARMED_FORCE = "armed force", "the army, police or militias on a government's side"
    ARMED_GROUP = "armed group", "an organised armed group outside a state's forces"
    INTERNATIONAL_ORGANISATION = "international organisation", "an organisation of states"
    UN_ORGAN = "UN organ", "a principal organ of the United Nations"
    UN_OFFICE = "UN office", "an office, fund or programme of the United Nations"
    DIPLOMATIC_GROUP = "diplomatic group", "states meeting about the conflict"
    CIVIL_SOCIETY_BODY = "civil-society body", "an association, NGO, monitor, church or union"
    COMMUNITY = "community", "people with a shared interest but no single organisation"
    ANONYMOUS_SOURCE = "anonymous source", "somebody quoted without a name"
    OTHER = "other", "none of these"


class Standing(Vocabulary):
    CONVENER = "convener", "calls the talks"
    MEDIATOR = "mediator", "mediates between the parties"
    FACILITATOR = "facilitator", "helps the parties meet without mediating"
    HOST = "host", "gives the place"
    GUARANTOR = "guarantor", "vouches for what is agreed"
    PARTY = "party", "negotiates"
    INVITED = "invited", "asked to come, not yet there"
    CONSULTED = "consulted", "heard beside the talks, without a negotiating seat"
    OBSERVER = "observer", "present without a voice"
    SUPPORTER = "supporter", "backs the process or a party from outside the room"
    EXCLUDED = "excluded", "kept out"
    DISPUTED = "disputed", "whether it belongs at the table is contested"
    WITHDRAWN = "withdrawn", "was in, and left"
    OUTSIDE = "outside", "bears on the talks without a part in them"


class RelationType(Vocabulary):
    """Each reads: this actor TYPE the other. `inverse` is how it reads from the other end."""

    SUPPORTS = "supports", "gives political, material or military support"
    SPONSORS = "sponsors", "arms, pays or directs"
    OPPOSES = "opposes", "works against, politically"
    FIGHTS = "fights", "is in armed conflict with"
    ALLIED_WITH = "allied with", "acts together with"
    RIVAL_OF = "rival of", "competes with"
    REPRESENTS = "represents", "speaks or acts for"
    LEADS = "leads", "heads, commands or chairs"
    APPOINTED = "appointed", "named to a post"
    MANDATES = "mandates", "gives it its task"
    REPORTS_TO = "reports to", "answers to"
    MEDIATES_WITH = "mediates with", "goes between it and another"
    ADVISES = "advises", "gives advice"
    HOSTS = "hosts", "gives room to"
    INCLUDES = "includes", "has it as a part"
    SEES_AS_ENEMY = "sees as an enemy", "calls or treats it as an enemy"
    OTHER = "related to", "something else: say it in the note"

    @property
    def inverse(self) -> str:
        return {
            "supports": "supported by", "sponsors": "sponsored by", "opposes": "opposed by", "fights": "fights",
            "allied with": "allied with", "rival of": "rival of", "represents": "represented by", "leads": "led by",
            "appointed": "appointed by", "mandates": "mandated by", "reports to": "hears reports from",
            "mediates with": "mediated with by", "advises": "advised by", "hosts": "hosted by",
            "includes": "part of", "sees as an enemy": "seen as an enemy by", "related to": "related to",
        }[self.value]


class SuccessionType(Vocabulary):
    RENAMED = "renamed", "the same body under a new name"
    MERGED = "merged", "one of several that joined into this one"
    SPLIT = "split", "this one broke away from it"
    REPLACED = "replaced", "this one took its place"


class DemandCategory(Vocabulary):
    HUMANITARIAN = "humanitarian", "aid, sieges, detainees, protection of civilians"
    MILITARY = "military", "ceasefire, weapons, forces"
    POLITICAL = "political", "who governs, constitution, elections"
    PROCEDURAL = "procedural", "how the talks are held"
    REPRESENTATION = "representation", "who is at the table"
    ECONOMIC = "economic", "money, land, resources, reconstruction"
    JUSTICE = "justice", "accountability, amnesty, victims"
    TERRITORIAL = "territorial", "borders, autonomy, withdrawal"
    IDENTITY = "identity", "names, languages, faith, heritage, symbols"
    OTHER = "other", "none of these"


class Stance(Vocabulary):
    """In order from for to against; `unclear` stands outside the order."""

    SUPPORTS = "supports", "is for it"
    CONDITIONAL = "conditional", "is for it under conditions, or for a part of it"
    OPPOSES = "opposes", "is against it"
    UNCLEAR = "unclear", "has said nothing that settles it"


class PositionBasis(Vocabulary):
    STATED = "stated", "the actor said it, and a source carries the statement"
    INFERRED = "inferred", "the editor's inference from what else is known; the note says from what"
    NONE_FOUND = "none found", "no clear statement was found"


class DemandStatus(Vocabulary):
    OPEN = "open", "raised, not answered"
    UNDER_DISCUSSION = "under discussion", "taken up by the mediator or the other side"
    AGREED = "agreed in principle", "accepted, not carried out"
    PARTLY_MET = "partly met", "carried out in part"
    MET = "met", "carried out"
    NOT_MET = "not met", "asked for and not carried out"
    REFUSED = "refused", "turned down"
    DISPUTED = "disputed", "accounts differ on where it stands"
    OVERTAKEN = "overtaken", "events or another demand took its place"
    WITHDRAWN = "withdrawn", "no longer put"


class InstrumentType(Vocabulary):
    RESOLUTION = "resolution", "a resolution of the Security Council or another organ"
    PRESIDENTIAL_STATEMENT = "presidential statement", "a statement by the President of the Security Council"
    COMMUNIQUE = "communique", "a communique of a conference or group"
    JOINT_STATEMENT = "joint statement", "a statement of several states or bodies"
    STATEMENT = "statement", "a statement by one party or platform"
    AGREEMENT = "agreement", "an agreement, treaty, protocol or accord"
    DECISION = "decision", "a decision of an organ or organisation"
    PLAN = "plan", "a plan or proposal put to the parties"
    REPORT = "report", "a report that the process rests on"
    OTHER = "other", "none of these"


class Adoption(Vocabulary):
    VOTE = "vote", "adopted by a vote"
    CONSENSUS = "consensus", "adopted without a vote"
    AGREED = "agreed text", "agreed by those present"
    SIGNED = "signed", "signed by the parties"
    ISSUED = "issued", "issued by one side or an office"


class SignatoryAct(Vocabulary):
    SIGNED = "signed", "signed it"
    INITIALLED = "initialled", "initialled it"
    ACCEPTED = "accepted", "accepted it without signing"
    RESERVED = "accepted with reservations", "accepted it and stated reservations"
    REFUSED = "refused", "refused it"
    NOT_ASKED = "not asked", "was not asked to sign or accept"
    WITHDREW = "withdrew", "took back its acceptance"


class VoteCast(Vocabulary):
    FOR = "for", "voted for"
    AGAINST = "against", "voted against"
    ABSTAINED = "abstained", "abstained"
    ABSENT = "did not vote", "was absent or did not take part"


class LineageType(Vocabulary):
    """Each reads: this text TYPE the other. `inverse` is how it reads from the other end."""

    REAFFIRMS = "reaffirms", "reaffirms, recalls or reiterates it"
    ENDORSES = "endorses", "endorses or adopts it"
    IMPLEMENTS = "implements", "carries it further or into practice"
    AMENDS = "amends", "changes it"
    RENEWS = "renews", "renews what it set up"
    SUPERSEDES = "supersedes", "takes its place"
    ANNEXES = "annexes", "carries it as an annex"
    PART_OF = "part of", "is a part of it, under the same symbol or a common title"

    @property
    def inverse(self) -> str:
        return {
            "reaffirms": "reaffirmed by", "endorses": "endorsed by", "implements": "implemented by",
            "amends": "amended by", "renews": "renewed by", "supersedes": "superseded by", "annexes": "annexed to",
            "part of": "has as a part",
        }[self.value]


class ProvisionStatus(Vocabulary):
    DONE = "done", "carried out"
    PARTLY_DONE = "partly done", "carried out in part"
    PENDING = "pending", "not yet due, or under way"
    OVERDUE = "overdue", "its time passed without it"
    DISPUTED = "disputed", "accounts differ"
    UNKNOWN = "unknown", "not known"


class BodyType(Vocabulary):
    ENVOY_OFFICE = "envoy's office", "the office of a mediator or envoy"
    CONTACT_GROUP = "contact group", "states or organisations that accompany the process"
    TASK_FORCE = "task force", "a working body for one subject"
    WORKING_GROUP = "working group", "a group that prepares or negotiates one subject"
    MISSION = "mission", "an observer, verification or peacekeeping mission"
    COMMITTEE = "committee", "a committee of an organ"
    ADVISORY_BODY = "advisory body", "advises the mediator or the parties"
    CONSULTATION_TRACK = "consultation track", "consultations beside the talks"
    NEGOTIATION_FORMAT = "negotiation format", "a standing way of holding the talks"
    COMMISSION = "commission", "a commission that investigates, verifies or carries out"
    OTHER = "other", "none of these"


class MandateAct(Vocabulary):
    ESTABLISHED = "established", "set up"
    RENEWED = "renewed", "prolonged"
    AMENDED = "amended", "changed"
    SUSPENDED = "suspended", "put on hold"
    ENDED = "ended", "came to its end"


class MeetingFormat(Vocabulary):
    DIRECT = "direct", "the sides face each other"
    PROXIMITY = "proximity", "the sides sit apart and the mediator goes between them"
    SHUTTLE = "shuttle", "the mediator travels between the sides"
    MINISTERIAL = "ministerial", "ministers of several states"
    CONFERENCE = "conference", "a conference with many participants"
    CONSULTATION = "consultation", "the mediator hears one side at a time"
    PREPARATORY = "preparatory", "prepares talks"
    INFORMAL = "informal", "outside the formal talks"
    OTHER = "other", "none of these"


class EventType(Vocabulary):
    DIPLOMATIC = "diplomatic", "something done at or about the talks"
    POLITICAL = "political", "a change of office, alliance or policy"
    MILITARY = "military", "fighting, an offensive, a truce on the ground"
    ATTACK = "attack", "a bombing or an attack on civilians"
    HUMANITARIAN = "humanitarian", "sieges, aid, displacement, detainees"
    STATEMENT = "statement", "somebody said something that bears on the talks"
    CLAIM = "claim", "an assertion that nobody can be shown to have made, or a summary of somebody's view"
    ESTIMATE = "estimate", "a figure and who gives it"
    OTHER = "other", "none of these"


class EventRole(Vocabulary):
    DID = "did", "did it"
    CLAIMED = "claimed", "claimed to have done it"
    SAID = "said", "said it"
    SUFFERED = "suffered", "suffered it"
    TOOK_PART = "took part", "took part in it"
    REPORTED = "reported", "reported or counted it"
    CONCERNED = "concerned", "it is about them"


class Bound(Vocabulary):
    EXACTLY = "exactly", "the number as given"
    ABOUT = "about", "an approximate number"
    AT_LEAST = "at least", "the number or more"
    MORE_THAN = "more than", "above the number"
    AT_MOST = "at most", "the number or fewer"


class SourceType(Vocabulary):
    UN_DOCUMENT = "UN document", "an official document of the United Nations"
    UN_PRESS_RELEASE = "UN press release", "a UN summary or news item, not the official record"
    OFFICIAL_STATEMENT = "official statement", "a state's, party's or organisation's own words"
    TREATY = "treaty", "the text of an agreement"
    WIRE = "wire", "a news agency's own report"
    WIRE_COPY = "wire copy", "agency text on another site; wording may have been trimmed"
    NEWSPAPER = "newspaper", "a newspaper or news site"
    BROADCASTER = "broadcaster", "a broadcaster's site"
    NGO_REPORT = "NGO report", "a report by a non-governmental organisation"
    ANALYSIS = "analysis", "a think tank's, scholar's or monitor's analysis"
    BOOK = "book", "a book or article"
    INTERVIEW = "interview", "an interview or testimony"
    ENCYCLOPEDIA = "encyclopedia", "a reference work; a pointer to other sources"
    AGGREGATOR = "aggregator", "a site that collects or rewrites others' reports"
    OTHER = "other", "none of these"
