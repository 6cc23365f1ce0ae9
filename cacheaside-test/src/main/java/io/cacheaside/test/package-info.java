/**
 * What an adapter of the ports proves itself with: the contract suites ({@link io.cacheaside.test.CacheStoreContract},
 * {@link io.cacheaside.test.LeasesContract}, {@link io.cacheaside.test.WakeUpContract} and their siblings), the races of the protocol
 * ({@link io.cacheaside.test.InterleavingsContract}) driven by gates, a stepping ticker, and a Redis of the test's own
 * ({@link io.cacheaside.test.EmbeddedRedis}).
 */
@NullMarked
package io.cacheaside.test;

import org.jspecify.annotations.NullMarked;
