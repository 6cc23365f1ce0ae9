package io.cacheaside.aspect.plan;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.adapt.BatchResult;
import io.cacheaside.aspect.adapt.ResultAdapter;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.hot.HotCalls;
import io.cacheaside.hot.HotMethod;
import io.cacheaside.key.ExpressionCompiler;
import io.cacheaside.key.KeyTemplate;
import io.cacheaside.key.TemplateContext;
import io.cacheaside.policy.CacheCatalog;
import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.InvalidationPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns annotations into plans and says everything that is wrong with them. Thread-safe. */
final class PlanCompiler {

    private static final Logger LOG = LoggerFactory.getLogger(PlanCompiler.class);

    private final CacheAsideClient client;
    private final CacheCatalog catalog;
    private final TagCatalog tagged = new TagCatalog();
    private final @Nullable ExpressionCompiler expressions = Expressions.find();

    private final WholeCacheNames wholeNames;
    private final WholeCacheCompiler whole;

    PlanCompiler(CacheAsideClient client) {
        this.client = client;
        this.catalog = client.catalog();
        this.wholeNames = new WholeCacheNames(client);
        this.whole = new WholeCacheCompiler(client, catalog, expressions, wholeNames);
    }

    /** The plan of {@code method}; null, with its problems added, where there is something wrong. */
    @Nullable
    Plan compile(AnnotatedMethod method, Problems problems) {
        CacheAside read = method.cacheAside();
        if (read == null) {
            return write(method, problems);
        }
        if (method.writes()) {
            problems.add(
                    method.where(),
                    "@CacheAside and " + (method.writesThrough() ? "@WriteThrough" : "@Invalidate")
                            + " exclude each other: a hit would not run the method, so nothing would be written");
            return null;
        }
        if (!EachParameter.isOn(method)) {
            ResultAdapter result = problems.attempt(
                    method.where() + " @CacheAside", () -> ResultAdapter.of(method.method(), method.target()));
            return read(method, read, null, result, problems);
        }
        EachParameter each = EachParameter.of(method, problems);
        return each == null ? null : batch(method, read, each, problems);
    }

    /** Adds what is wrong with names of caches, as far as only who has seen all methods can tell. */
    void checkNames(Problems problems) {
        wholeNames.check(problems);
    }

    /** Tells of names of caches that are unknown so far. */
    void tellNames() {
        wholeNames.tell();
    }

    private @Nullable BatchPlan batch(AnnotatedMethod method, CacheAside read, EachParameter each, Problems problems) {
        String where = method.where() + " @CacheAside";
        BatchResult result = problems.attempt(
                where, () -> BatchResult.of(method.method(), method.target(), each.elementType(method)));
        if (!read.refreshAhead().isEmpty() || read.earlyExpiration() != CacheAside.CONFIGURED) {
            problems.add(
                    where,
                    "a batch loads nothing in the background: declare refreshAhead and earlyExpiration on the method of one"
                            + " element, whose hits do");
        }
        ResultAdapter one = result == null ? null : new ResultAdapter.PlainResult(result.stored(), true);
        ReadPlan element = read(method, read, each, one, problems);
        if (element != null && !element.key().usesElement()) {
            problems.add(
                    where + " key",
                    "'" + read.key() + "' does not name #" + each.name() + ", so all elements would have the same key");
        }
        return element == null || result == null ? null : new BatchPlan(element, each, result);
    }

    private @Nullable ReadPlan read(
            AnnotatedMethod method,
            CacheAside read,
            @Nullable EachParameter each,
            @Nullable ResultAdapter result,
            Problems problems) {
        String where = method.where() + " @CacheAside";
        KeyTemplate key = problems.attempt(where + " key", () -> template(read.key(), method, false, each));
        CacheSettings settings = Settings.declared(read, where, problems);
        ConditionCompiler conditions =
                new ConditionCompiler(expressions, method.method(), problems, each == null ? null : each.name());
        Condition condition = new ConditionCompiler(expressions, method.method(), problems)
                .compile(where + " condition", read.condition(), false);
        Condition unless = conditions.compile(where + " unless", read.unless(), true);
        OwnTtl ttl = conditions.compileTtl(where + " ttl", read.ttl());
        String cache = key == null ? null : cache(read, key, where, problems);
        if (result == null) {
            return null;
        }
        if (!result.mayBeAbsent() && !read.nullTtl().isEmpty()) {
            problems.add(where + " nullTtl", "the method returns a primitive, so its result is never absent");
        }
        if (cache == null || key == null) {
            return null;
        }
        catalog.add(cache, result.stored(), result.mayBeAbsent(), method.where(), settings)
                .ifPresent(problem -> problems.add(where, problem));
        ReadPath path = problems.attempt(where, () -> path(cache, settings, result));
        if (path == null) {
            return null;
        }
        checkExpiry(read, path.policy(), method.where(), problems);
        List<KeyTemplate> tags = new TagCompiler(tagged, problems)
                .compile(method, read, key, context(method, false, each), path.policy());
        HotMethod hot = each == null ? hot(cache, method) : null;
        if (!tags.isEmpty()) {
            path.declareTags();
        }
        return new ReadPlan(method.where(), cache, key, path, result, condition, unless, ttl, hot, tags);
    }

    /** What goes with no expiry, or not with one that hits prolong, as far as the policy does not know of it. */
    private void checkExpiry(CacheAside read, CachePolicy policy, String method, Problems problems) {
        String where = method + " @CacheAside";
        if (read.expiry() == CacheAside.Expiry.AFTER_WRITE
                && !read.maxLifetime().isEmpty()) {
            problems.add(where + " maxLifetime", "with AFTER_WRITE no value lives longer than its ttl: leave it out");
        }
        if (policy.slides() && OwnTtl.isExpression(read.ttl())) {
            problems.add(
                    where + " ttl",
                    "'" + read.ttl()
                            + "': with AFTER_ACCESS ttl is how long any value lives without a hit, and a hit does"
                            + " not look into the value: write a duration");
        }
        catalog.addExpiry(policy.cache(), policy.expiry(), method).ifPresent(problem -> problems.add(where, problem));
    }

    private @Nullable HotMethod hot(String cache, AnnotatedMethod method) {
        HotCalls calls = client.hotCalls();
        return calls == null ? null : calls.method(cache, method.where(), method.parameters());
    }

    private ReadPath path(String cache, CacheSettings settings, ResultAdapter result) {
        CachePolicy policy = client.policyOf(cache, settings);
        return client.readPath(policy, result.stored());
    }

    private static @Nullable String cache(CacheAside read, KeyTemplate key, String where, Problems problems) {
        String cache = read.cache();
        if (cache.isEmpty() || (key.cache() + ":").startsWith(cache + ":")) {
            return cache.isEmpty() ? key.cache() : cache;
        }
        problems.add(
                where + " cache",
                "the template '" + read.key() + "' does not start with '" + cache + ":', so its keys are not the"
                        + " cache's: write that before the first '#', or leave cache out");
        return null;
    }

    private WritePlan write(AnnotatedMethod method, Problems problems) {
        List<WritePlan.Rule> rules = new ArrayList<>();
        EachParameter each = EachParameter.of(method, problems);
        for (Invalidate invalidate : method.invalidations()) {
            rules.add(rule(method, invalidate, each, problems));
        }
        if (each != null
                && rules.stream().flatMap(rule -> rule.targets().stream()).noneMatch(target -> target.each() != null)) {
            problems.add(method.where() + " @Each", each.unusedIn(method));
        }
        WriteThrough write = method.writeThrough();
        WritePlan.Through through = write == null
                ? null
                : new ThroughCompiler(client, catalog, tagged)
                        .compile(
                                method,
                                write,
                                context(method, true, null),
                                rules,
                                key -> cacheOf(key, method),
                                problems);
        if (through != null) {
            rules.add(removal(method, through, problems));
        }
        return new WritePlan(method.where(), List.copyOf(rules), through);
    }

    /** What happens to the key where its value is not stored. */
    private WritePlan.Rule removal(AnnotatedMethod method, WritePlan.Through through, Problems problems) {
        InvalidationPolicy policy = client.invalidationOf(through.cache(), InvalidationPolicy.PLAIN);
        if (policy.durable()) {
            checkDurable(method.where() + " @WriteThrough", problems);
        }
        return new WritePlan.Rule(
                List.of(new WritePlan.Target(through.cache(), through.key(), null)), List.of(), policy, null);
    }

    private WritePlan.Rule rule(
            AnnotatedMethod method, Invalidate invalidate, @Nullable EachParameter each, Problems problems) {
        String where = method.where() + " @Invalidate";
        if (invalidate.all() || !invalidate.cache().isEmpty()) {
            return whole.compile(method, invalidate, problems);
        }
        List<WritePlan.Target> targets = new ArrayList<>();
        List<String> caches = new ArrayList<>();
        if (invalidate.key().length == 0 && invalidate.tags().length == 0) {
            problems.add(where + " key", "names no key: give one, or a tag, or a cache of which all are removed");
        }
        for (String template : invalidate.key()) {
            KeyTemplate key = problems.attempt(where + " key", () -> template(template, method, true, each));
            if (key != null) {
                caches.add(cacheOf(key, method));
                targets.add(new WritePlan.Target(caches.get(caches.size() - 1), key, key.usesElement() ? each : null));
            }
        }
        targets.addAll(
                new TagCompiler(tagged, problems).compile(method, invalidate, context(method, true, each), each));
        if (targets.stream().anyMatch(target -> target.key().usesResult())) {
            LOG.info(
                    "{}: keys and tags with #result are skipped when the method throws; use keys of arguments where that matters",
                    where);
        }
        Condition condition = new ConditionCompiler(expressions, method.method(), problems)
                .compile(where + " condition", invalidate.condition(), true);
        InvalidationPolicy policy = Settings.declared(invalidate, where, problems);
        if (invalidate.tags().length > 0) {
            GroupCheck.TAGS.holds(policy, where, problems);
        }
        for (String cache : caches) {
            policy = client.invalidationOf(cache, policy);
        }
        if (policy.async()) {
            BackgroundCheck.check(policy, where, problems);
        }
        WritePlan.Rule rule = new WritePlan.Rule(List.copyOf(targets), List.of(), policy, condition);
        if (policy.durable() && !policy.async()) {
            checkDurable(where, problems);
        }
        if (rule.marksResultKeys() && !policy.async() && !client.knowsTransactions()) {
            problems.add(
                    where + " strict",
                    "a key of #result has to be marked before the commit, and no TransactionBoundary tells when that is:"
                            + " give the client one, use keys of the arguments, or set strict = false");
        }
        return rule;
    }

    private void checkDurable(String where, Problems problems) {
        if (!client.hasOutbox()) {
            problems.add(
                    where + " durable",
                    "there is no outbox: add cacheaside-jdbc and a DataSource, give the client's builder outbox(…), or set"
                            + " durable = false");
        } else if (!client.knowsTransactions()) {
            problems.add(
                    where + " durable",
                    "the invalidation is noted in the write's transaction, and no TransactionBoundary tells which that is:"
                            + " give the client one, or set durable = false");
        }
    }

    private String cacheOf(KeyTemplate key, AnnotatedMethod method) {
        String cache = catalog.owner(key.cache());
        if (!catalog.knows(cache)) {
            LOG.info("{} invalidates cache '{}', which no method seen so far reads", method.where(), cache);
        }
        return cache;
    }

    private KeyTemplate template(
            String template, AnnotatedMethod method, boolean resultAllowed, @Nullable EachParameter each) {
        return KeyTemplate.compile(template, context(method, resultAllowed, each));
    }

    private TemplateContext context(AnnotatedMethod method, boolean resultAllowed, @Nullable EachParameter each) {
        return new TemplateContext(
                method.method(),
                method.target(),
                client.namespace(),
                resultAllowed,
                expressions,
                each == null ? null : each.element());
    }
}
