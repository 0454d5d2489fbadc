"""The minds of people whom a battle names: whom they take whom for, what they believe, what drives
them. Plain Python on few, in ordered containers, with + - * / alone: see docs/design.md.
"""
