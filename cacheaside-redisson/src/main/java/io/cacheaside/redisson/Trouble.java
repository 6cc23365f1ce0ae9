package io.cacheaside.redisson;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.redisson.client.RedisLoadingException;
import org.redisson.client.RedisMovedException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisReadonlyException;

/** The ways in which Redis does not serve, and what to do about each. */
enum Trouble {
    CREDENTIALS("check user and password"),
    ACCESS("allow this user what docs/operations.md lists under 'Access lists'"),
    REPLICA("this is a replica: name the master, or sentinels, or the nodes of the cluster"),
    LOADING("it is read from disk, and used as soon as that is done"),
    FULL("raise maxmemory, or let it evict: maxmemory-policy allkeys-lru"),
    UNSAVED("it cannot save to disk and takes no writes: mend that, or set stop-writes-on-bgsave-error no"),
    CLUSTER("this is a node of a cluster: name its nodes in cacheaside.redis.cluster-nodes"),
    INCOMPLETE("nobody serves a part of the cluster's slots: see CLUSTER INFO"),
    UNKNOWN_HOST("no such host is known: check the address"),
    TLS("check that the address says rediss:// where the server expects TLS, and cacheaside.redis.trust-store"),
    UNREACHABLE("check the address, and whether Redis runs there"),
    OTHER("see docs/operations.md");

    /** What waiting does not mend. */
    static final Set<Trouble> LASTING = Set.of(CREDENTIALS, ACCESS);

    private final String advice;

    Trouble(String advice) {
        this.advice = advice;
    }

    /** What to do about it. */
    String advice() {
        return advice;
    }

    /** Which one {@code failure} tells of. */
    static Trouble of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            Trouble told = ofOne(each);
            if (told != OTHER) {
                return told;
            }
        }
        return Breaker.isAnswer(failure) ? OTHER : UNREACHABLE;
    }

    private static Trouble ofOne(Throwable failure) {
        if (failure instanceof RedisReadonlyException) {
            return REPLICA;
        }
        if (failure instanceof RedisLoadingException) {
            return LOADING;
        }
        if (failure instanceof RedisOutOfMemoryException) {
            return FULL;
        }
        if (failure instanceof RedisMovedException) {
            return CLUSTER;
        }
        if (failure instanceof UnknownHostException) {
            return UNKNOWN_HOST;
        }
        if (failure instanceof SSLException) {
            return TLS;
        }
        return failure instanceof ConnectException ? UNREACHABLE : ofWords(String.valueOf(failure.getMessage()));
    }

    /** By the server's own words, which also a script hands on. */
    private static Trouble ofWords(String words) {
        String text = words.toUpperCase(Locale.ROOT);
        if (text.startsWith("WRONGPASS") || text.startsWith("NOAUTH") || text.startsWith("ERR AUTH")) {
            return CREDENTIALS;
        }
        if (text.contains("NOPERM") || text.contains("CAN'T RUN THIS COMMAND") || text.contains("NO PERMISSIONS")) {
            return ACCESS;
        }
        if (text.contains("READONLY ")) {
            return REPLICA;
        }
        if (text.contains("MISCONF ")) {
            return UNSAVED;
        }
        if (text.contains("MOVED") || text.startsWith("CROSSSLOT")) {
            return CLUSTER;
        }
        return text.startsWith("CLUSTERDOWN") ? INCOMPLETE : OTHER;
    }
}
