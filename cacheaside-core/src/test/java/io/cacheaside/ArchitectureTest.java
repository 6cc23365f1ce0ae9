package io.cacheaside;

import io.cacheaside.rules.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {}
