package io.cacheaside.aspect.guide;

import static io.cacheaside.annotation.CacheAside.Expiry.AFTER_ACCESS;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Each;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The snippets of {@code docs/guide.md} that need no more than the annotations, with maps for a database. */
class Guide {

    private final Map<Long, String> names = new HashMap<>(Map.of(1L, "Ann"));
    private final Map<Long, String> mails = new HashMap<>(Map.of(1L, "ann@example.com"));
    private final Map<Long, List<String>> lines = new HashMap<>(Map.of(7L, new ArrayList<>(List.of("lamp"))));

    record Card(long id, String name) implements Serializable {}

    record User(long id, String name, String mail) implements Serializable {}

    record Order(long id, List<String> lines) implements Serializable {}

    @CacheAside(key = "card:#id", ttl = "5m")
    Card card(long id) {
        return new Card(id, names.get(id));
    }

    @CacheAside(key = "user:#id", ttl = "5m")
    User user(long id) {
        return new User(id, names.get(id), mails.get(id));
    }

    @Invalidate(key = {"user:#id", "card:#id"})
    void rename(long id, String name) {
        names.put(id, name);
    }

    @CacheAside(key = "order:#id", ttl = "10m")
    Order order(long id) {
        return new Order(id, List.copyOf(lines.get(id)));
    }

    @Invalidate(key = "order:#result")
    long changeLine(long line, String text) {
        long order = orderOf(line);
        lines.get(order).set(0, text);
        return order;
    }

    private static long orderOf(long line) {
        return line / 10;
    }

    private final Map<String, Session> sessions = new HashMap<>(Map.of("t", new Session(1)));
    private final Map<Long, Offer> offers = new HashMap<>();

    private final Map<String, List<String>> index = new HashMap<>(Map.of("lamp", List.of("lamp 1"), "sofa", List.of()));

    @CacheAside(
            key = "search:#text",
            nullTtl = "10s",
            condition = "#text.length() > 2",
            unless = "#result?.size() == 0")
    @Nullable
    List<String> search(String text) {
        return index.get(text);
    }

    void fill(Offer offer) {
        offers.put(offer.id(), offer);
    }

    record Session(long user) implements Serializable {}

    @CacheAside(key = "session:#token", ttl = "30m", expiry = AFTER_ACCESS, maxLifetime = "12h")
    @Nullable
    Session session(String token) {
        return sessions.get(token);
    }

    @Invalidate(key = "session:#token")
    void signOut(String token) {
        sessions.remove(token);
    }

    record Offer(long id, int price, Duration validFor, boolean draft) implements Serializable {}

    @CacheAside(key = "offer:#id", ttl = "#{#result.validFor}", nullTtl = "10s", unless = "#result?.draft == true")
    @Nullable
    Offer offer(long id) {
        return offers.get(id);
    }

    record Dashboard(String region, int total) implements Serializable {}

    @CacheAside(key = "dashboard:#region", ttl = "10m", refreshAhead = "20%")
    Dashboard dashboard(String region) {
        return new Dashboard(region, sumUp(region));
    }

    private int sumUp(String region) {
        return region.length() * names.size();
    }

    record Ranking(String category, List<String> names) implements Serializable {}

    @CacheAside(key = "ranking:#category", ttl = "10m", earlyExpiration = 1.0)
    Ranking ranking(String category) {
        return new Ranking(category, sortAll(category));
    }

    private List<String> sortAll(String category) {
        return names.values().stream().map(name -> category + name).sorted().toList();
    }

    private final Map<Long, String> titles = new HashMap<>(Map.of(1L, "Emma", 2L, "Ulysses", 3L, "Faust"));
    private final List<List<Long>> queries = new ArrayList<>();

    List<List<Long>> queries() {
        return queries;
    }

    record Book(long id, String title) implements Serializable {}

    @CacheAside(key = "book:#id", ttl = "1h", nullTtl = "1m")
    @Nullable
    Book book(long id) {
        return books(List.of(id)).get(id);
    }

    @CacheAside(key = "book:#id", ttl = "1h", nullTtl = "1m")
    Map<Long, Book> books(@Each("id") Collection<Long> ids) {
        queries.add(List.copyOf(ids)); // select … where id in (…)
        Map<Long, Book> found = new HashMap<>();
        ids.stream().filter(titles::containsKey).forEach(id -> found.put(id, new Book(id, titles.get(id))));
        return found;
    }

    private final Map<String, Double> rates = new HashMap<>(Map.of("EUR:USD", 1.1, "EUR:GBP", 0.9));

    @CacheAside(key = "rate:#from:#to", ttl = "1d")
    @Nullable
    Double rate(String from, String to) {
        return rates.get(from + ":" + to);
    }

    @Invalidate(cache = "rate", all = true)
    void importRates(Map<String, Double> table) {
        rates.putAll(table);
    }

    @Invalidate(key = "book:#changed.id")
    void saveBooks(@Each("changed") List<Book> books) {
        books.forEach(book -> titles.put(book.id(), book.title()));
    }

    record Account(String name, String settings, String preferences) implements Serializable {}

    private final Map<Long, String> people = new HashMap<>(Map.of(7L, "Ann"));
    private final Map<Long, String> settings = new HashMap<>(Map.of(7L, "EUR"));
    private final Map<Long, String> preferences = new HashMap<>(Map.of(7L, "garden"));

    @CacheAside(key = "account:#user:#language", ttl = "10m", tags = "user:#user")
    Account account(long user, String language) {
        return new Account(people.get(user), settings.get(user), preferences.get(user) + " in " + language);
    }

    @CacheAside(
            key = "greeting:#user",
            tags = {"user:#user", "greetings"})
    String greeting(long user) {
        return "Hello " + people.get(user);
    }

    @Invalidate(tags = "user:#user")
    void renamePerson(long user, String name) {
        people.put(user, name);
    }

    @Invalidate(tags = "user:#user")
    void changeSettings(long user, String changed) {
        settings.put(user, changed);
    }

    private final Map<Long, Integer> prices = new HashMap<>(Map.of(1L, 10));

    @CacheAside(key = "price:#id", ttl = "200ms")
    Integer price(long id) {
        return prices.get(id);
    }

    /** Not annotated. */
    void importPrice(long id, int price) {
        prices.put(id, price);
    }

    private final Map<Long, Product> products = new HashMap<>(Map.of(1L, new Product(1, "Lamp")));

    record Product(long id, String name) implements Serializable {}

    @CacheAside(key = "product:#id", ttl = "10m")
    Product find(long id) {
        return products.get(id);
    }

    @WriteThrough(key = "product:#product.id")
    Product save(Product product) {
        products.put(product.id(), product);
        return product;
    }

    record Stock(long product, int amount, long sequence) implements Serializable {}

    @WriteThrough(key = "stock:#event.product", ttl = "10s", version = "sequence")
    Stock apply(Stock event) {
        return event;
    }

    @CacheAside(key = "stock:#product")
    @Nullable
    Stock stock(long product) {
        return null;
    }
}
