import { readFileSync } from "node:fs";
import path from "node:path";

/** Every name in SUSE's public list of 14 February 2020 (SUSE-Enceladus/public-cloud-info-service, amazon.xml). */
export const suseNames2020: readonly string[] = readFileSync(
    path.join(__dirname, "suseNames2020.txt"),
    "utf8",
)
    .trim()
    .split("\n");

/** Names seen on AWS in 2025 and 2026. */
export const laterNames = [
    "suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86_64",
    "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    "suse-sles-16-0-v20260703-ecs-hvm-ssd-x86_64",
    "suse-sles-15-sp5-sapcal-v20260922-hvm-ssd-x86_64",
    "suse-sles-15-sp6-chost-byos-v20260921-hvm-ssd-x86_64",
    "suse-sle-micro-6-1-v20251124-hvm-ssd-x86_64-llc-prod-u7il6suomorsm",
] as const;
