#!/usr/bin/env bash
# make mutants: applies each planted bug of RuleMutants/ to a copy of the rules and expects the tests that its patch
# names ("found by:") to fail.
#   rule-mutants.sh [NAME…]
# Exits 1 when a mutant survives, a patch no longer applies or a mutant does not build.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/caseloop-rules.XXXXXX")
trap 'rm -rf "$work"' EXIT

# One copy for the mutants that the tests of Governance find and one for the others: each keeps its own small build.
enter() {
    export CASELOOP_RULES=$1
    export CASELOOP_TEST_DATA=${CASELOOP_TEST_DATA:-$root/../shared/data}
    tree="$root/.build/rule-mutants/$1"
    mkdir -p "$tree/.build"
    exec 9>"$tree/.lock"
    flock -n 9 || { echo "another run of the mutants is under way"; exit 1; }
    cd "$tree" || exit 1
    rm -rf Shared Services Tests
    cp -a "$here/RuleMutants/Package.swift" "$root/Shared" "$root/Services" "$root/Tests" .
    [ -f "$root/Package.resolved" ] && cp -a "$root/Package.resolved" .
    for part in checkouts repositories artifacts; do
        [ -e "$root/.build/$part" ] && [ ! -e ".build/$part" ] && cp -a "$root/.build/$part" ".build/$part"
    done
    [ -d .git ] || git init -q . # a patch is applied as git would, and taken back the same way
}

build() { swift build --build-tests >"$work/build.log" 2>&1; }
run() { timeout 900 swift test --skip-build --filter "^($1)/" >"$work/run.log" 2>&1; }
finding() { grep -m1 '✘ Test' "$work/run.log" | sed -E 's/^.*Test "?([^"]*)"? .*$/\1/'; }

bad=0
found=0
judge() {
    local patch=$1 group name
    name=$(basename "$patch" .patch)
    group=$(judges "$patch")
    if ! git apply --whitespace=nowarn "$patch" 2>"$work/apply.log"; then
        printf '%-36s DOES NOT APPLY: %s\n' "$name" "$(head -1 "$work/apply.log")"
        bad=$((bad + 1))
        return
    fi
    if ! build; then
        printf '%-36s DOES NOT BUILD: %s\n' "$name" "$(grep -m1 'error:' "$work/build.log")"
        bad=$((bad + 1))
    elif run "$group"; then
        printf '%-36s SURVIVED %s\n' "$name" "$group"
        bad=$((bad + 1))
    else
        printf '%-36s found by %s: %s\n' "$name" "$group" "$(finding)"
        found=$((found + 1))
    fi
    git apply -R --whitespace=nowarn "$patch"
}

wanted() {
    [ ${#names[@]} -eq 0 ] && return 0
    for one in "${names[@]}"; do case "$1" in *"$one"*) return 0 ;; esac; done
    return 1
}

judges() { sed -n 's/^found by: //p' "$@" | sort -u | paste -sd '|'; }

names=("$@")
for kind in governance deciders; do
    patches=()
    for patch in "$here"/RuleMutants/*.patch; do
        wanted "$(basename "$patch")" || continue
        case "$(judges "$patch")" in
            GovernanceTests.*) [ $kind = governance ] && patches+=("$patch") ;;
            *) [ $kind = deciders ] && patches+=("$patch") ;;
        esac
    done
    [ ${#patches[@]} -gt 0 ] || continue
    enter $kind
    echo "building the sound rules: $kind …"
    build || { grep -E 'error:' "$work/build.log" | head -5; echo "the sound rules do not build"; exit 1; }
    run "$(judges "${patches[@]}")" || { finding; echo "the sound rules fail"; exit 1; }
    for patch in "${patches[@]}"; do judge "$patch"; done
done
echo "$found found, $bad not"
[ $bad -eq 0 ]
