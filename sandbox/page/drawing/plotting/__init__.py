"""What charts are drawn with: figures, scales, labels that fit, marks, and the two plots.

Everything is drawn for two widths, and the page's style shows the one that fits its place; so the
words of a chart are as large as those around it, without a script that measures.
"""
