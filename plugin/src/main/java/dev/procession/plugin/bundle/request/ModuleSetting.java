package dev.procession.plugin.bundle.request;

import java.util.List;

/**
 * An element of a bundle of modules that becomes a flag of the engine.
 *
 * <p>The engine checks most values itself; those with few choices are checked here, so that all mistakes of a pom are
 * told at once and by the name of the element.
 */
public enum ModuleSetting {
    /** How the bundle is loaded. */
    FORMAT("format", "--format=", Form.ONE, "esm", "iife", "cjs"),
    /** The global variable that holds an {@code iife}'s exports. */
    GLOBAL_NAME("globalName", "--global-name=", Form.ONE),
    /** What has to understand the code. */
    TARGETS("targets", "--target=", Form.JOINED),
    /** Where it runs. */
    PLATFORM("platform", "--platform=", Form.ONE, "browser", "node", "neutral"),
    /** Whether entries share chunks, and dynamic imports become chunks. */
    SPLITTING("splitting", "--splitting", Form.SWITCH),
    /** Whether code that nobody uses is left out. */
    TREE_SHAKING("treeShaking", "--tree-shaking=", Form.ONE, "true", "false"),
    /** Whether the code is made small. */
    MINIFY("minify", "--minify", Form.SWITCH),
    /** Whether {@code name} of functions and classes stays right when they are made small. */
    KEEP_NAMES("keepNames", "--keep-names", Form.SWITCH),
    /** What becomes of source maps. */
    SOURCE_MAP("sourceMap", "--sourcemap=", Form.ONE, "linked", "external", "inline", "both", "none", "true", "false"),
    /** Whether maps hold the sources. */
    SOURCES_CONTENT("sourcesContent", "--sources-content=", Form.ONE, "true", "false"),
    /** What the sources' names in maps begin with. */
    SOURCE_ROOT("sourceRoot", "--source-root=", Form.ONE),
    /** What becomes of comments that speak of licences. */
    LEGAL_COMMENTS("legalComments", "--legal-comments=", Form.ONE, "none", "inline", "eof", "linked", "external"),
    /** Whether characters outside of ASCII are escaped. */
    CHARSET("charset", "--charset=", Form.ONE, "ascii", "utf8"),
    /** Names that stand for values. */
    DEFINE("define", "--define:", Form.PAIRS),
    /** Packages that stand for others. */
    ALIAS("alias", "--alias:", Form.PAIRS),
    /** Imports that stay imports. */
    EXTERNALS("externals", "--external:", Form.EACH),
    /** Whether packages are bundled. */
    PACKAGES("packages", "--packages=", Form.ONE, "bundle", "external"),
    /** Files that every file imports by itself. */
    INJECT("inject", "--inject:", Form.FILES),
    /** What a script begins with. */
    BANNER("banner", "--banner:js=", Form.ONE),
    /** What a script ends with. */
    FOOTER("footer", "--footer:js=", Form.ONE),
    /** What becomes of which files. */
    LOADERS("loaders", "--loader:", Form.PAIRS),
    /** Where assets are found by pages. */
    PUBLIC_PATH("publicPath", "--public-path=", Form.ONE),
    /** What the files of entries are called. */
    ENTRY_NAMES("entryNames", "--entry-names=", Form.ONE),
    /** What shared files are called. */
    CHUNK_NAMES("chunkNames", "--chunk-names=", Form.ONE),
    /** What assets are called. */
    ASSET_NAMES("assetNames", "--asset-names=", Form.ONE),
    /** Conditions in the exports of packages. */
    CONDITIONS("conditions", "--conditions=", Form.JOINED),
    /** Fields of packages that name their main file. */
    MAIN_FIELDS("mainFields", "--main-fields=", Form.JOINED),
    /** Endings that imports may leave out. */
    RESOLVE_EXTENSIONS("resolveExtensions", "--resolve-extensions=", Form.JOINED),
    /** Functions without effects. */
    PURE("pure", "--pure:", Form.EACH),
    /** Statements that are left out: {@code console}, {@code debugger}. */
    DROP("drop", "--drop:", Form.EACH, "console", "debugger"),
    /** Labels whose statements are left out. */
    DROP_LABELS("dropLabels", "--drop-labels=", Form.JOINED),
    /** What becomes of JSX. */
    JSX("jsx", "--jsx=", Form.ONE, "transform", "automatic", "preserve"),
    /** The function that JSX calls. */
    JSX_FACTORY("jsxFactory", "--jsx-factory=", Form.ONE),
    /** What a fragment is. */
    JSX_FRAGMENT("jsxFragment", "--jsx-fragment=", Form.ONE),
    /** The package whose functions JSX calls. */
    JSX_IMPORT_SOURCE("jsxImportSource", "--jsx-import-source=", Form.ONE),
    /** The tsconfig.json for all files. */
    TSCONFIG("tsconfig", "--tsconfig=", Form.PROJECT_FILE),
    /** What becomes of which warnings. */
    LOG_OVERRIDE("logOverride", "--log-override:", Form.PAIRS),
    /** Flags of the engine as they are. */
    ESBUILD_ARGS("esbuildArgs", "", Form.EACH);

    /** How values become flags. */
    public enum Form {
        ONE,
        SWITCH,
        JOINED,
        EACH,
        PAIRS,
        FILES,
        PROJECT_FILE
    }

    private final String element;
    private final String flag;
    private final Form form;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> choices;

    ModuleSetting(String element, String flag, Form form, String... choices) {
        this.element = element;
        this.flag = flag;
        this.form = form;
        this.choices = List.of(choices);
    }

    /**
     * What the user types.
     *
     * @return the element's name
     */
    public String element() {
        return element;
    }

    public String flag() {
        return flag;
    }

    public Form form() {
        return form;
    }

    /** Empty if the engine decides. */
    public List<String> choices() {
        return choices;
    }
}
