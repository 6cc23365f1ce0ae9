package io.cacheaside.jdbc;

import io.cacheaside.rules.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {}
