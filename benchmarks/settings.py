"""The product's own settings, with the benchmark's unit beside its paths."""

from config.settings import *  # noqa: F403 - a settings module is its names

ROOT_URLCONF = "benchmarks.urls"
