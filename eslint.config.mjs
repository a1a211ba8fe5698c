import globals from "globals";
import tseslint from "typescript-eslint";

// What may import what is held against scripts/rooms.mjs, by .dependency-cruiser.mjs.
const processUse = ["exit", "stdout", "stderr", "env", "argv"].map((property) => ({
    object: "process",
    property,
    message: "only automation/cli/bin.ts touches the process; take it from the context",
}));

export default tseslint.config(
    {
        ignores: [
            "dist/",
            "coverage/",
            ".sles-ecs/",
            "bench/cdk/",
            "**/testdata/",
            "**/golden/",
            "**/node_modules/",
        ],
    },
    {
        files: ["**/*.ts"],
        extends: [tseslint.configs.strictTypeChecked],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "@typescript-eslint/explicit-module-boundary-types": "error",
            "@typescript-eslint/switch-exhaustiveness-check": [
                "error",
                { considerDefaultExhaustiveForUnions: true },
            ],
            "@typescript-eslint/restrict-template-expressions": [
                "error",
                { allowNumber: true, allowBoolean: true },
            ],
            "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            // `while (true)` loops say how they end where they end.
            "@typescript-eslint/no-unnecessary-condition": [
                "error",
                { allowConstantLoopConditions: "only-allowed-literals" },
            ],
            "max-lines": ["error", { max: 300 }],
            "max-lines-per-function": ["error", { max: 60 }],
            "no-console": "error",
            eqeqeq: ["error", "smart"],
        },
    },
    {
        files: ["automation/**/*.ts"],
        ignores: ["automation/cli/bin.ts"],
        rules: { "no-restricted-properties": ["error", ...processUse] },
    },
    {
        files: ["components/**/*.ts", "languages/**/*.ts", "local/**/*.ts", "index.ts"],
        rules: { "no-restricted-properties": ["error", processUse[0]] },
    },
    {
        // What a program writes, nobody has to find the way in.
        files: ["**/*.generated.ts"],
        rules: { "max-lines": "off" },
    },
    {
        files: ["tests/**/*.ts"],
        rules: {
            // A describe() block is one function; assertions of chai are expressions.
            "max-lines-per-function": "off",
            "@typescript-eslint/no-unused-expressions": "off",
            "@typescript-eslint/no-non-null-assertion": "off",
        },
    },
    {
        files: ["**/*.{js,cjs,mjs}"],
        languageOptions: { globals: globals.node },
        rules: { "no-unused-vars": "error", "no-undef": "error", "max-lines": ["error", { max: 300 }] },
    },
);
