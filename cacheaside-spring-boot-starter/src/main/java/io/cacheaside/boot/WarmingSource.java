package io.cacheaside.boot;

import io.cacheaside.aspect.spring.BeanRead;
import io.cacheaside.aspect.spring.BeanReads;
import io.cacheaside.aspect.warm.WarmSource;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.hot.HotCalls;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A source as the properties describe it; beans are looked up when it is checked or read, because they have to be there. */
final class WarmingSource implements WarmSource {

    /** What the names of the sources of hot calls begin with; a cache follows. */
    static final String HOT = "hot-keys.";

    private final Supplier<WarmSource> resolved;

    private WarmingSource(Supplier<WarmSource> resolved) {
        this.resolved = resolved;
    }

    static WarmSource of(
            CacheAsideProperties.Source source, Supplier<BeanReads> reads, Supplier<@Nullable DataSource> database) {
        return new WarmingSource(() -> {
            BeanRead read = read(source, reads.get().all());
            return source.file() != null
                    ? WarmSource.file(read.call(), Path.of(source.file()))
                    : query(read, String.valueOf(source.query()), database.get());
        });
    }

    static WarmSource ofHotCalls(String cache, Supplier<BeanReads> reads, HotCalls calls) {
        return new WarmingSource(() -> {
            List<BeanRead> all = reads.get().all();
            List<BeanRead> own = among(all, read -> read.cache().equals(cache));
            if (own.isEmpty()) {
                throw unknownCache("caches", cache, all);
            }
            return WarmSource.hotCalls(
                    cache, calls, own.stream().map(BeanRead::call).toList());
        });
    }

    private static WarmSource query(BeanRead read, String query, @Nullable DataSource database) {
        if (database == null) {
            throw new ConfigurationException(
                    "query = " + query + " needs a bean of type DataSource, and of several a primary one");
        }
        return WarmSource.query(read.call(), database, query);
    }

    private static BeanRead read(CacheAsideProperties.Source source, List<BeanRead> all) {
        String cache = source.cache();
        String method = source.method();
        List<BeanRead> ofCache =
                cache == null ? all : among(all, read -> read.cache().equals(cache));
        if (cache != null && ofCache.isEmpty()) {
            throw unknownCache("cache", cache, all);
        }
        List<BeanRead> found = method == null ? ofCache : among(ofCache, read -> read.isCalled(method));
        if (found.size() == 1) {
            return found.get(0);
        }
        String told = method != null ? "method = " + method : "cache = " + cache;
        String reads = (found.isEmpty() ? ofCache : found)
                .stream().map(BeanRead::toString).sorted().collect(Collectors.joining(", "));
        throw new ConfigurationException(told + " means "
                + (found.isEmpty() ? "no read of a bean; there are " : "several reads: say with method which of ")
                + reads);
    }

    private static ConfigurationException unknownCache(String property, String cache, List<BeanRead> all) {
        String known = all.stream()
                .map(BeanRead::cache)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
        return new ConfigurationException(
                property + " = " + cache + " is no cache that a bean's annotation reads; those are " + known);
    }

    private static List<BeanRead> among(List<BeanRead> reads, Predicate<BeanRead> wanted) {
        return reads.stream().filter(wanted).toList();
    }

    @Override
    public void check() {
        resolved.get().check();
    }

    @Override
    public void read(Calls calls) throws Exception {
        resolved.get().read(calls);
    }
}
