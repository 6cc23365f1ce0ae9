package io.cacheaside.samples.shop;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Counts the requests of each API key in Redis, for all instances together, and turns away those beyond the limit. A counter
 * that Redis does not answer in time lets the request pass: a limit is no reason to be down.
 */
final class RateLimit implements HandlerInterceptor, AutoCloseable {

    static final String API_KEY = "X-Api-Key";

    private static final Logger log = LoggerFactory.getLogger(RateLimit.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);
    private static final int LONGEST_KEY = 100;
    private static final int MOST_AT_ONCE = 16;
    private static final long PATIENCE_MILLIS = 50;

    private final RedissonClient redisson;
    private final int perSecond;
    private final ThreadPoolExecutor counting =
            new ThreadPoolExecutor(0, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>());

    RateLimit(RedissonClient redisson, int perSecond) {
        this.redisson = redisson;
        this.perSecond = perSecond;
    }

    /** Requests without a key, such as those of the shop's own pages, are not counted. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String key = request.getHeader(API_KEY);
        if (key == null) {
            return true;
        }
        if (key.length() > LONGEST_KEY) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return false;
        }
        if (isWithinLimit(key)) {
            return true;
        }
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, "" + INTERVAL.toSeconds());
        return false;
    }

    private boolean isWithinLimit(String key) {
        try {
            return CompletableFuture.supplyAsync(() -> count(key), counting)
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            log.debug("A request of {} was not counted", key, e);
        }
        return true;
    }

    private boolean count(String key) {
        RRateLimiter limiter = redisson.getRateLimiter("rate-limit:shop:" + key);
        limiter.trySetRate(RateType.OVERALL, perSecond, INTERVAL, FORGOTTEN_AFTER);
        return limiter.tryAcquire();
    }

    @Override
    public void close() {
        counting.shutdownNow();
    }
}
