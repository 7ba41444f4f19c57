"""Gives the wheel the tag of its platform: any Python 3, but native parts of one system and processor."""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelTag(BuildHookInterface):
    def initialize(self, version, build_data):
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{os.environ['CLAUDE_NOTEBOOK_WHEEL_PLATFORM']}"
