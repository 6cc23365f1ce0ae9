package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.spring.CacheAsideAdvisor.Place;
import io.cacheaside.error.ConfigurationException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;

/**
 * The places of authorization, read advice, transactions and write advice in a proxy, from the outside in: a denied caller
 * gets no cached value, a hit opens no transaction, a write is invalidated when its transaction has completed. The
 * others are known by their names, because neither library needs to be there.
 */
final class AdviceOrder {

    private static final Logger LOG = LoggerFactory.getLogger(AdviceOrder.class);
    private static final String AUTHORIZATION = "org.springframework.security.";
    private static final String TRANSACTIONS = "org.springframework.transaction.interceptor.";

    private final AtomicBoolean told = new AtomicBoolean();

    /** Why the advice of {@code proxy} may not stay as it is, as one sentence; warns once of what only costs. */
    Optional<String> refusal(Advised proxy) {
        boolean read = false;
        boolean write = false;
        boolean transactions = false;
        for (Advisor advisor : proxy.getAdvisors()) {
            Class<?> advice = advisor.getAdvice().getClass();
            if (advisor instanceof CacheAsideAdvisor mine) {
                read |= mine.place() != Place.WRITE;
                write |= mine.place() == Place.WRITE;
                warn(mine.place() != Place.WRITE && transactions, proxy);
            } else if (isOf(AUTHORIZATION, advice) && (read || write)) {
                return Optional.of(
                        "authorization (" + advice.getName() + ") runs inside the cache's advice, so a denied caller"
                                + " would get cached values: give it a lower order than @EnableCacheAside");
            } else if (isOf(TRANSACTIONS, advice) && write) {
                return Optional.of("the transaction begins inside the write advice, which could not tell a rollback"
                        + " from a commit: give " + advice.getName() + " an order before the lowest precedence");
            }
            transactions |= isOf(TRANSACTIONS, advice);
        }
        return Optional.empty();
    }

    /** As {@link #refusal}, thrown. */
    void check(Object proxy, Class<?> target) {
        if (proxy instanceof Advised advised) {
            refusal(advised).ifPresent(sentence -> {
                throw new ConfigurationException(target.getName() + ": " + sentence);
            });
        }
    }

    private static boolean isOf(String library, Class<?> advice) {
        for (Class<?> type = advice; type != null; type = type.getSuperclass()) {
            if (type.getName().startsWith(library)) {
                return true;
            }
        }
        return false;
    }

    private void warn(boolean outside, Advised proxy) {
        if (outside && told.compareAndSet(false, true)) {
            LOG.warn(
                    "Transactions begin outside the read advice ({}): each hit opens one, what is loaded inside is stored only"
                            + " where it is read-only and READ COMMITTED, and what is written through is not stored. Give @EnableTransactionManagement a higher"
                            + " order than @EnableCacheAside",
                    proxy.getTargetClass());
        }
    }
}
