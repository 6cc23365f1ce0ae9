/**
 * The outbox of durable invalidations on plain JDBC: {@link io.cacheaside.jdbc.JdbcOutbox} notes keys in the business
 * transaction, {@link io.cacheaside.jdbc.OutboxRelay} delivers what its writer did not.
 */
@NullMarked
package io.cacheaside.jdbc;

import org.jspecify.annotations.NullMarked;
