/**
 * What holds for every module's classes. Entry point: {@link io.cacheaside.rules.ArchitectureRules}, which each module
 * extends in its tests.
 */
@NullMarked
package io.cacheaside.rules;

import org.jspecify.annotations.NullMarked;
