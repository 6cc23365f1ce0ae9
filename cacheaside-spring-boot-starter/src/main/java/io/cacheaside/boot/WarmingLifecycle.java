package io.cacheaside.boot;

import io.cacheaside.aspect.warm.CacheWarmer;
import io.cacheaside.boot.CacheAsideProperties.RefuseTraffic;
import io.cacheaside.boot.CacheAsideProperties.Warm;
import io.cacheaside.error.ConfigurationException;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Checks the sources when all beans are there, the database migrated and before the web server begins; then looks for flushes
 * until the application stops. A run that is under way then is stopped.
 */
final class WarmingLifecycle implements SmartLifecycle {

    private final CacheWarmer warmer;
    private final Warm warm;
    private volatile boolean running;
    private volatile boolean watching;

    WarmingLifecycle(CacheWarmer warmer, Warm warm) {
        this.warmer = warmer;
        this.warm = warm;
    }

    @Override
    public void start() {
        try {
            warmer.check();
        } catch (ConfigurationException e) {
            throw new ConfigurationException(properties(e.problems()));
        }
        running = true;
        if (!watching) {
            watching = true;
            warmer.watch();
        }
    }

    /** {@code source 'x': query = …} as {@code cacheaside.warm.sources.x.query = …}. */
    private static List<String> properties(List<String> problems) {
        return problems.stream()
                .map(problem -> problem.replaceFirst(
                                "^source '" + WarmingSource.HOT + "[^']*': ", "cacheaside.warm.hot-keys.")
                        .replaceFirst("^source '([^']*)': ", "cacheaside.warm.sources.$1."))
                .toList();
    }

    /** As the last runner: the application is ready, and accepts traffic, when this has returned. */
    void warmAtStart() {
        if (!warm.atStart()) {
            return;
        }
        if (warm.refuseTraffic() == RefuseTraffic.NEVER) {
            Thread background = new Thread(warmer::warm, "cacheaside-warm");
            background.setDaemon(true);
            background.start();
        } else {
            warmer.warm();
        }
    }

    @Override
    public void stop() {
        running = false;
        warmer.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
