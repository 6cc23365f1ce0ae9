package io.cacheaside.redisson;

import io.cacheaside.rules.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {}
