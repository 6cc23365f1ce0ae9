package io.cacheaside.test;

import io.cacheaside.rules.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {}
