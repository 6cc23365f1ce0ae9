package io.cacheaside.aspect.shop;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes of many products at once, as their callers see them. */
public interface Batches {

    @Nullable
    Product find(long id);

    Map<Long, Product> findAll(@Nullable Collection<@Nullable Long> ids);

    List<@Nullable Product> list(List<Long> ids);

    Map<Long, Product> ofShop(String shop, Set<Long> ids);

    /** Leaves out what there is not. */
    List<Product> tooShort(List<Long> ids);

    /** Answers with one product more. */
    Map<Long, Product> tooMany(Collection<Long> ids);

    /** Stores only what is dear, for as long as its price says. */
    Map<Long, Product> dear(Collection<Long> ids);

    Map<Long, Product> ifFew(Collection<Long> ids);

    void save(Collection<@Nullable Product> products);

    /** Takes the products out of the collection. */
    void saveAndClear(Collection<Product> products);

    /** As {@link #save}, known to readers some time later, but of the first product at once. */
    void saveLater(Product first, Collection<@Nullable Product> others);

    /** Changes and clears the collection. */
    void saveLaterAndClear(List<Product> products);

    /** Fails when it has saved. */
    void saveLaterAndFail(Collection<Product> products);
}
