package io.cacheaside.samples.shop;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a product page shows.
 *
 * @param version counts the price changes; it starts at 1
 * @param helpful the reviews that most readers found helpful, best first
 */
public record ProductPage(
        int id, String name, String category, BigDecimal price, int version, Ratings ratings, List<Review> helpful) {}
