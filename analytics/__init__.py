"""The pure half of Evenkeel: no Streamlit, no files, no clock, no unseeded randomness.

Read in this order: ``flow`` (the story), ``instrument`` and ``wave`` (what comes in), ``score``, ``segment``,
``indicators``, ``count``, ``protect`` (what may be seen), ``attack`` (tries to undo it), ``chart`` (draws the rest).
"""
