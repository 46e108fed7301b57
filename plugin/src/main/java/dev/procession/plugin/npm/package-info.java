/**
 * npm packages that come as Maven dependencies. Finds the packages in jars and class directories (WebJars, mvnpm), unpacks
 * each jar once per machine, and gives the module bundles a {@code node_modules} folder of them. It knows neither Maven nor
 * the process that bundles.
 */
@NullMarked
package dev.procession.plugin.npm;

import org.jspecify.annotations.NullMarked;
