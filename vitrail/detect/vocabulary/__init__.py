"""The words by which seven languages name personal data; one kind of data a file.

They stand here and nowhere else: a recogniser whose verdict hangs on words takes them from here.
What a number is called in its own country alone stands beside that number.
"""
