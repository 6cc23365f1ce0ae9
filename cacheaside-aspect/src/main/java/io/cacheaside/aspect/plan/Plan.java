package io.cacheaside.aspect.plan;

/** What to do around one method. Immutable and thread-safe. */
public sealed interface Plan permits ReadPlan, BatchPlan, WritePlan {

    /** The method for messages: {@code com.shop.Products.find(long)}. */
    String where();
}
