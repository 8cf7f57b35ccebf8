"""Typing Chinese on the glass: engines in processes of their own, new for every citizen. Nothing of the keyboard's looks is here."""
