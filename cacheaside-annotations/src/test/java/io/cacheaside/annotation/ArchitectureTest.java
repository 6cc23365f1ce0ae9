package io.cacheaside.annotation;

import io.cacheaside.rules.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {}
