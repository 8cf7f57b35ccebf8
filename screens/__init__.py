"""The screens: draw a `ViewData`, post events. They decide nothing, ask for nothing and contain no words of their own."""

from screens.window import prepare_environment

prepare_environment()
