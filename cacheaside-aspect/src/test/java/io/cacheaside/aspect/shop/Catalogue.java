package io.cacheaside.aspect.shop;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service under test as its callers see it; the annotations stand on the class. */
public interface Catalogue {

    @Nullable
    Product find(long id);

    Optional<Product> lookUp(long id);

    List<String> names(String prefix);

    Map<String, Integer> prices(long id);

    int[] sizes(long id);

    long count(String group);

    Product failing(long id) throws IOException;

    @Nullable
    Product conditional(long id);

    @Nullable
    Product unlessFree(long id);

    @Nullable
    Product byBox(@Nullable Long id);

    @Nullable
    Product lasting(long id);

    @Nullable
    Product session(long id);

    void logOut(long id);

    @Nullable
    Product offer(long id);

    @Nullable
    Product written(long id);

    /** Calls {@link #find} on itself. */
    @Nullable
    Product selfInvoking(long id);

    void save(Product product);

    void saveLasting(Product product);

    void saveAndThrow(Product product) throws IOException;

    Product create(String name);

    Product createAndThrow(long id, String name) throws IOException;

    void swap(long one, long two);

    void move(Draft draft, long id);

    void saveIfDear(Product product);

    int saveIfChanged(Product product, boolean fail);

    @Nullable
    Product saveThrough(Draft draft, @Nullable Product product, boolean fail);

    Optional<Product> apply(Product late);

    void saveBoxed(@Nullable Long id);
}
