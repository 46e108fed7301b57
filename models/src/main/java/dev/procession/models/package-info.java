/**
 * The protocols of the primitives as models, and a small checker that walks all their states. Nothing here is shipped:
 * a model is what docs/models.md says about a protocol, in a form that can fail.
 */
@NullMarked
package dev.procession.models;

import org.jspecify.annotations.NullMarked;
