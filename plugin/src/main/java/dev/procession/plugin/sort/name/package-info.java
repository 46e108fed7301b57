/**
 * What files are called: names are bytes, and rules, numbers and foldings make other names of them.
 */
@NullMarked
package dev.procession.plugin.sort.name;

import org.jspecify.annotations.NullMarked;
