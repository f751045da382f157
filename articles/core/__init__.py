"""Reading a scraped article: pure Python, no Django, no settings, no logging, no clock.

``reading.read(scraped, memory)`` is the one door. The steps behind it share the values of
``values`` and ``edits`` and never import each other; only ``reading`` knows their order.
"""
