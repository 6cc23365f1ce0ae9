package io.cacheaside.boot;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.error.OutboxException;
import io.cacheaside.jdbc.JdbcOutbox;
import io.cacheaside.jdbc.OutboxRelay;
import io.cacheaside.jdbc.RelayPolicy;
import io.cacheaside.spi.CacheStore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the relay from when all beans are there, the database migrated, until the application stops: it begins before the
 * web server and ends after it. An application with durable methods and without the table does not start.
 */
final class RelayLifecycle implements SmartLifecycle {

    private final JdbcOutbox outbox;
    private final CacheStore store;
    private final CacheAsideClient client;
    private final RelayPolicy policy;
    private @Nullable OutboxRelay relay;

    RelayLifecycle(JdbcOutbox outbox, CacheStore store, CacheAsideClient client, RelayPolicy policy) {
        this.outbox = outbox;
        this.store = store;
        this.client = client;
        this.policy = policy;
    }

    @Override
    public void start() {
        if (client.usesOutbox()) {
            try {
                outbox.ready();
            } catch (OutboxException e) {
                throw new ConfigurationException(String.valueOf(e.getMessage()));
            }
        }
        relay = OutboxRelay.start(outbox, store, client.listener(), policy);
    }

    @Override
    public void stop() {
        OutboxRelay running = relay;
        relay = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return relay != null;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
