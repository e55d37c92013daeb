"""What comes in, what is kept, and who may have it.

In the order of the road: ``intake``, ``recognise``, ``check``, ``recipe``, ``store``, ``access``.
"""
