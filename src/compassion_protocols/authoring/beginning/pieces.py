"""The pieces that a new protocol is put together from, as they stand in the file.

A word after ``$`` is filled in by :mod:`.scaffold`. The comments are for someone who opens a file
of this language for the first time: each says what a line is for, or what to try next. What people
read is worded so that it can be kept, and is better changed.
"""

from __future__ import annotations

HEAD = """\
# yaml-language-server: $$schema=protocol.schema.json
# (The line above is for your editor. It finds its words in a file that this makes:
#    compassion-protocols schema > protocol.schema.json )
#
# This exercise runs as it is. Make it yours: read it aloud, change one thing, and look again.
#    compassion-protocols lint $id.protocol.yaml
#    compassion-protocols run $id.protocol.yaml --autoplay
compassion_protocol: 1
id: $id
version: 0.1.0
title: $title
# One sentence on what people do. It stands in the list that they choose from.
summary: $summary
# The shelf it stands on: $families.
family: $family
audience: $audience

# What people read before they choose it.
card:
  # Why would someone do this? Say it as to a friend, and promise nothing.
  why: >-
    What goes well is quiet and easily missed. Staying with it for a moment gives it time to arrive.
  dose:
    minutes: $minutes
    # “default”: the minutes are your own guess. “literature”: a source below says so.
    source: default
    frequency: Whenever it does you good.
  # Where it comes from. For a study or a book: cite, doi, relation and level, as here.
  sources:
    - cite: My own practice
      relation: inspired_by
      level: D
  materials: [Nothing but a little time]
  setting: Somewhere quiet, where nobody needs you for a while.
  delivery: $delivery
  authors: [$author]
  licence: CC-BY-4.0
  status: draft
"""

CARE_ONE = """
# Skip, pause, stop and help are there without your doing, and nothing here can take them away.
care:
  # 0 light, 1 gentle, 2 better with someone who leads it, 3 never without. If in doubt, go up.
  tier: 0
  # When is this not the right thing? In plain words, to the person themselves.
  not_for:
    - A day on which looking at what is good feels like one more demand. Rest instead.
  before_you_start:
    - You can skip, pause or stop at any moment, and owe nobody a reason.
"""

CARE_COUPLE = """
# Skip, pause, stop and help are there without your doing, and nothing here can take them away.
care:
  # 0 light, 1 gentle, 2 better with someone who leads it, 3 never without. If in doubt, go up.
  tier: 1
  # First each is asked a few questions alone. To open up can do harm where one is afraid.
  screen: couple-safety
  # When is this not the right thing? In plain words, to the people themselves.
  not_for:
    - Being hurt, threatened or controlled by your partner.
    - The middle of a quarrel. Take a pause first, and come back when you are both calmer.
  before_you_start:
    - You can skip, pause or stop at any moment, and owe nobody a reason.
  # Each is asked in private how strong any distress is, and is looked after if it is much.
  distress: [before, after]
"""

CARE_FAMILY = """
# Skip, pause, stop and help are there without your doing, and nothing here can take them away.
care:
  # 0 light, 1 gentle, 2 better with someone who leads it, 3 never without. If in doubt, go up.
  tier: 1
  # When is this not the right thing? In plain words, to the people themselves.
  not_for:
    - A home in which someone is hurt, threatened or controlled by another.
    - The middle of a quarrel. Take a pause first, and come back when everyone is calmer.
  before_you_start:
    - Everyone can skip, pause or stop at any moment, and owes nobody a reason.
    - Nobody has to say more than they like, and nobody is made to join in.
  # Each is asked in private how strong any distress is, and is looked after if it is much.
  distress: [before, after]
"""

CARE_GROUP = """
# Skip, pause, stop and help are there without your doing, and nothing here can take them away.
care:
  # 0 light, 1 gentle, 2 better with someone who leads it, 3 never without, as in a group.
  tier: 3
  # When is this not the right thing? In plain words, to the people themselves.
  not_for:
    - A day on which you are in the middle of a crisis. Please talk with one person first.
    - A circle in which someone sits who has hurt, threatened or controlled you.
  before_you_start:
    - You choose what you tell and how much. Passing is always fine, and nobody asks why.
    - You can skip, pause or stop at any moment.
  # Each is asked in private how strong any distress is, and is looked after if it is much.
  distress: [before, after]
"""

ROLES_COUPLE = """
# Who takes part. The name of the role stands below wherever these people are meant.
roles:
  partner: {people: 2}
"""

ROLES_FAMILY = """
# Who takes part. The name of the role stands below wherever these people are meant.
roles:
  member: {people: 3-8, if_fewer: pause}
"""

ROLES_GROUP = """
# Who takes part. The one who leads is called `facilitator`, and needs no role here.
roles:
  member: {people: 3-8, if_fewer: pause}
"""

SETTINGS_TURNS = """
# What people may change before it starts.
settings:
  floor_time: {duration: $time, min: $shortest, max: $longest, label: Time for each person}
"""

SETTINGS_QUIET = """
# What people may change before it starts.
settings:
  quiet_time: {duration: $time, min: $shortest, max: $longest, label: Quiet time}
"""

STEPS = """
# What happens, in order: one dash for each step, and one word that says what kind it is.
steps:
"""

LED = """\
  # Only the facilitator acts here; the others read `meanwhile`. Each `note` below is theirs alone.
  - say: |
      Is everyone here who wants to be, and does everyone know where the door is?
      Have in mind who could sit with a person outside.
    id: ready
    who: facilitator
    meanwhile: Come in and choose a seat. It begins in a moment.
"""

WELCOME = """\
  # A text to take in. Where {{ you }} stands, each reader finds their own name.
  - say: |
      Good that you are here, {{ you }}.
      For the next while nothing has to be solved, and nothing has to be done well.
    id: welcome
"""

GUARD_WELCOME = """\
    note: Speak slowly. Say once that anyone may pass, and that nobody will ask why.
"""

PAUSE = """\
  # Another exercise, in place. `list` shows which there are.
  - include: three-breath-pause
    with: {breaths: 3}
"""

QUIET = """\
  # Silence for a time. Ask for no more than fits into it.
  - wait: |
      Let one good moment of these days come to mind, however small.
      Where were you? What did you see, or hear?
    id: quiet
    for: quiet_time
$going_on"""

GOING_ON = """\
    # So long a time is spent away from the screen; it passes even while somebody is away.
    resume: deadline
"""

TURNS = """\
  # Its steps once for each person. Inside, `speaker` is whoever's turn it is, `listener` the rest.
  - turns: $role
    id: rounds
    steps:
      - speak: |
          {{ speaker }}, what was one good moment of these days, however small?
          The floor is yours for {{ floor_time }}. Silences are part of it.
        id: floor
        who: speaker
        for: floor_time
        # What those see who do not act. Without it they would read a friendly standing line.
        meanwhile: Only listen. Nothing has to be answered, and nothing has to be matched.
$guard\
      - ask: What arrived with you? One sentence is enough.
        id: heard
        who: listener
        # Who reads the answer. Without this line it would stay with its writer.
        shared: $readers
        answer: text
        hint: Say it in words of your own. It does not have to be complete.
        meanwhile: A sentence is being found for you. Nothing is asked of you just now.
        # A rule invites once to another wording, and never holds anyone up.
        rules:
          - sentences: {max: 1}
            say: One sentence is easier to take in. Which part of it matters most?
        # An answer that someone might give: with these the exercise can play itself through.
        example: It was good that somebody had kept a seat for you.
        # An answer that the rule is for: it is tried out whenever the file is checked.
        counterexamples:
          - It was good that somebody had kept a seat. And then the sun came out.
"""

GUARD_TURN = """\
        note: Where someone starts to advise, a raised hand and a smile are enough.
"""

HEARD_ONE = """\
      # Anyone may leave a question open, so this says what is read without an answer.
      - say: |
          {% if heard is given %}
          {{ listener }} heard: “{{ heard }}”
          {% else %}
          Thank you, {{ speaker }}, for what you told.
          {% endif %}
        id: given_back
"""

HEARD_SEVERAL = """\
      # Several have answered, so `heard` is a list: `h.by` is who, and `h.value` is what.
      - say: |
          {% if heard is given %}
          {% for h in heard | given %}
          - {{ h.by }} heard: “{{ h.value }}”
          {% endfor %}
          {% else %}
          Thank you, {{ speaker }}, for what you told.
          {% endif %}
        id: given_back
"""

ASK_ONE = """\
  # A question. Other kinds of answer are yes_no, a scale, a choice, a list, a date, and more.
  - ask: What of it would you like to keep? A few words are enough.
    id: kept
    answer: text
    hint: Nobody reads this but you.
    # An answer that someone might give: with these the exercise can play itself through.
    example: The smell of bread on the stairs.
"""

ASK_SEVERAL = """\
  # Asked of everyone at once, each for themselves.
  - ask: What would you like to keep from this? A few words are enough.
    id: kept
    who: $role
    # Who reads the answers, once all are there. Without this line each would stay with its writer.
    shared: $readers
    answer: text
    hint: What you write here opens for all of you, when everyone is ready.
    meanwhile: Take your time. It opens when everyone has found a few words.
    # An answer that someone might give: with these the exercise can play itself through.
    example: That we sat here until the tea was cold.
"""

END_ONE = """\
  # The last words. Anyone may leave the question open, so this says what is read without an answer.
  - end: |
      {% if kept is given %}
      Take it with you into the day: “{{ kept }}”
      {% else %}
      Nothing had to be written down. You gave it your time.
      {% endif %}
"""

END_SEVERAL = """\
  # The last words. `| given` leaves out what was left open.
  - end: |
      {% for k in kept | given %}
      - {{ k.by }}: {{ k.value }}
      {% endfor %}

      Thank each other, in words or with a look. That was enough for today.
"""

END_PLAIN = """\
  # The last words.
  - end: |
      That was enough for today. Thank you for the time you gave it.
      Is there something kind that you could do next?
"""
