"""Blocks, texts and charts as HTML. Pure functions: who looks is given, and nothing is asked.

Everything comes back as `Markup`, escaped already; what people and apps wrote is never trusted.
"""
