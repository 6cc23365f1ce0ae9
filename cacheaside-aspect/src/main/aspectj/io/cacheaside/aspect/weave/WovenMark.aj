package io.cacheaside.aspect.weave;

import io.cacheaside.annotation.CacheAside;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.Woven;

/**
 * Marks the methods that CacheAsideAspect advises. In AspectJ's own syntax, because its annotation style cannot declare
 * annotations.
 */
public aspect WovenMark {

    declare @method: @CacheAside !abstract * *(..) : @Woven;

    declare @method: @Invalidate !abstract * *(..) : @Woven;

    declare @method: @Invalidate.List !abstract * *(..) : @Woven;

    declare @method: @WriteThrough !@Invalidate !@Invalidate.List !@CacheAside !abstract * *(..) : @Woven;
}
