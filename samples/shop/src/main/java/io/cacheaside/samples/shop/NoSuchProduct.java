package io.cacheaside.samples.shop;

/** There is no product with this id. */
final class NoSuchProduct extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoSuchProduct(int id) {
        super("There is no product " + id);
    }
}
