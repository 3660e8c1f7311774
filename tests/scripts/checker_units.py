#!/usr/bin/env python3
# ctest: timeout=900
"""The unit tests of the Python checker (tests/checker_py/)."""
import os
import sys
import unittest

suite = unittest.defaultTestLoader.discover(os.path.join(os.environ["SRCDIR"], "tests", "checker_py"))
result = unittest.TextTestRunner(stream=sys.stdout, verbosity=0).run(suite)
bad = len(result.failures) + len(result.errors)
print(f"{result.testsRun - bad} passed, {bad} failed")
sys.exit(1 if bad or result.testsRun == 0 else 0)
