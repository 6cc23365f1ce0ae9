package io.cacheaside.aspect.spring;

import io.cacheaside.aspect.plan.BatchPlan;
import io.cacheaside.aspect.plan.Plan;
import io.cacheaside.aspect.plan.ReadPlan;
import io.cacheaside.policy.InsideTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/**
 * Tells at start what the context's transactions mean for its caches: a manager whose transactions nobody can see, a
 * database whose default level lets nothing be stored. The level is a connection's, which is asked for in the background:
 * a database that is down delays no start. Needs spring-tx.
 */
final class TransactionSetup implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionSetup.class);

    private final ListableBeanFactory beans;
    private final ProxiedCalls calls;
    private @Nullable Thread looking;

    TransactionSetup(ListableBeanFactory beans, ProxiedCalls calls) {
        this.beans = beans;
        this.calls = calls;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Map<String, PlatformTransactionManager> managers =
                beans.getBeansOfType(PlatformTransactionManager.class, false, false);
        managers.forEach(TransactionSetup::warnOfUnseen);
        Map<String, DataSource> sources = beans.getBeansOfType(DataSource.class, false, false);
        Set<String> caches = bypassing();
        if (!managers.isEmpty() && !sources.isEmpty() && !caches.isEmpty()) {
            Thread thread = new Thread(() -> snapshots(sources, caches).ifPresent(LOG::warn), "cacheaside-isolation");
            thread.setDaemon(true);
            thread.start();
            looking = thread;
        }
    }

    @Override
    public void destroy() {
        if (looking != null) {
            looking.interrupt();
        }
    }

    private static void warnOfUnseen(String name, PlatformTransactionManager manager) {
        if (manager instanceof AbstractPlatformTransactionManager known
                && known.getTransactionSynchronization() == AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER) {
            LOG.warn(
                    "Transactions of '{}' are not seen, because it never synchronizes: reads inside may store what is not"
                            + " committed, and writes are invalidated before their commit. Leave its synchronization at the default",
                    name);
        }
    }

    /** Names of the caches that store nothing from inside most transactions. */
    private Set<String> bypassing() {
        Set<String> caches = new TreeSet<>();
        for (Plan plan : calls.bound().plans().known()) {
            ReadPlan read =
                    plan instanceof BatchPlan batch ? batch.element() : plan instanceof ReadPlan one ? one : null;
            if (read != null && read.path().policy().insideTransaction() == InsideTransaction.BYPASS) {
                caches.add(read.cache());
            }
        }
        return caches;
    }

    /** What to warn of: the first source, if any, that does not read at READ COMMITTED by default. */
    static Optional<String> snapshots(Map<String, DataSource> sources, Set<String> caches) {
        for (Map.Entry<String, DataSource> source : sources.entrySet()) {
            try (Connection connection = source.getValue().getConnection()) {
                int level = connection.getTransactionIsolation();
                if (level > Connection.TRANSACTION_READ_COMMITTED) {
                    return Optional.of("DataSource '" + source.getKey() + "' reads at "
                            + (level == Connection.TRANSACTION_SERIALIZABLE ? "SERIALIZABLE" : "REPEATABLE READ")
                            + " by default, so what the caches " + caches + " load for callers inside a transaction is"
                            + " not stored. Where most callers are, set cacheaside.defaults.inside-transaction ="
                            + " new-read-tx (it needs a second connection), or @CacheAside(insideTransaction = …)");
                }
            } catch (SQLException | RuntimeException e) {
                LOG.debug("DataSource '{}' does not tell its isolation level", source.getKey(), e);
            }
        }
        return Optional.empty();
    }
}
