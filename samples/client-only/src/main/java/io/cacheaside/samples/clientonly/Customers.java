package io.cacheaside.samples.clientonly;

import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.Warmed;
import io.cacheaside.policy.CacheSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The customers, through the cache. Another service may annotate a method with {@code customer:#id} and share its entries. */
public final class Customers {

    private final Crm crm;
    private final Cache<Long, Customer> customers;

    /** Customers of {@code crm}. */
    public Customers(Crm crm, CacheAsideClient client) {
        this.crm = crm;
        this.customers = client.cache(
                "customer",
                Long.class,
                Customer.class,
                CacheSettings.builder()
                        .ttl(Duration.ofMinutes(10))
                        .nullTtl(Duration.ofSeconds(30))
                        .build());
    }

    /** A customer; empty where there is none, which is remembered for a shorter time. */
    public Optional<Customer> find(long id) throws IOException {
        return Optional.ofNullable(customers.getOrLoad(id, crm::customer));
    }

    /** These customers: the other system is asked for the missing ones, once. */
    public Map<Long, Customer> findAll(Collection<Long> ids) throws IOException {
        return customers.getAllOrLoad(ids, crm::customers);
    }

    /** The name of a customer for a caller that does not wait. */
    public CompletableFuture<String> nameOf(long id) {
        return customers.async().getOrLoad(id, crm::customer).thenApply(found -> found == null ? "?" : found.name());
    }

    /** Renames a customer. Nobody who asks afterwards, in any JVM, is told the old name. */
    public void rename(long id, String name) {
        try {
            crm.rename(id, name);
        } finally {
            customers.invalidate(id); // an exception does not prove that nothing was written
        }
    }

    /** Fetches those that are missing before somebody asks for them. */
    public Warmed warm(Collection<Long> ids) {
        return customers.warm(ids, crm::customers);
    }

    /** Why the next read of a customer is a hit or is none, for people. */
    public String why(long id) {
        return customers.explain(id).toString();
    }
}
