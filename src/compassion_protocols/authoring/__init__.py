"""The author's bench: tools for those who write protocols, a room for each thing they do.

Begin a file (:mod:`.beginning`), have its words at hand (:mod:`.schema`), see it whole
(:mod:`.flowcharts`), print it (:mod:`.paper`), compare it (:mod:`.comparing`), play it
(:mod:`.scripts`), try it by lot (:mod:`.simulating`). Whatever is played is watched
(:mod:`.watching`). ``simulating`` imports ``scripts`` and ``watching``, ``scripts`` imports
``watching``, and no other room knows of another.
"""
