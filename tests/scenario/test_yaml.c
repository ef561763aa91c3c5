/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static MlDocument *parse(const char *text, MlIssues *issues) {
    ml_issues_init(issues);
    return ml_document_parse(text, strlen(text), "t.yaml", issues);
}

static const MlNode *get(const MlDocument *document, const char *key) {
    const MlNode *node = ml_node_get(ml_document_root(document), key);
    assert_non_null(node);
    return node;
}

static void nodes_know_their_place(void **state) {
    (void)state;
    MlIssues issues;
    MlDocument *d = parse("a: 5 mL\nb:\n  - x\n  - {c: 'q', d: }\n", &issues);
    assert_int_equal(issues.n, 0);
    const MlNode *a = get(d, "a"), *b = get(d, "b");
    assert_string_equal(a->text, "5 mL");
    assert_true(a->plain);
    assert_int_equal(a->line, 1);
    assert_int_equal(a->column, 4);
    assert_string_equal(a->file, "t.yaml");
    assert_int_equal(b->kind, ML_SEQUENCE);
    assert_int_equal(b->n, 2);
    const MlNode *c = ml_node_get(b->item[1], "c");
    assert_false(c->plain);
    assert_int_equal(c->line, 4);
    assert_int_equal(c->column, 9);
    assert_true(ml_node_is_null(ml_node_get(b->item[1], "d")));
    assert_null(ml_node_get(b->item[1], "e"));
    assert_int_equal(b->item[1]->key[0]->column, 6);
    ml_document_free(d);
    ml_issues_free(&issues);
}

static void null_is_plain(void **state) {
    (void)state;
    MlIssues issues;
    MlDocument *d = parse("a: ~\nb: null\nc: 'null'\nd: ''\ne:\nf: no\n", &issues);
    assert_true(ml_node_is_null(get(d, "a")));
    assert_true(ml_node_is_null(get(d, "b")));
    assert_false(ml_node_is_null(get(d, "c")));
    assert_false(ml_node_is_null(get(d, "d")));
    assert_true(ml_node_is_null(get(d, "e")));
    assert_string_equal(get(d, "f")->text, "no");
    ml_document_free(d);
    ml_issues_free(&issues);
}

static void aliases_share_a_node(void **state) {
    (void)state;
    MlIssues issues;
    MlDocument *d = parse("a: &x [1, 2]\nb: *x\nc: &x 5\nd: *x\n", &issues);
    assert_int_equal(issues.n, 0);
    assert_ptr_equal(get(d, "a"), get(d, "b"));
    assert_string_equal(get(d, "d")->text, "5");
    ml_document_free(d);
    ml_issues_free(&issues);
}

static void merges_keep_own_keys(void **state) {
    (void)state;
    MlIssues issues;
    MlDocument *d =
        parse("a: &x {p: 1, q: 2}\nb: &y {q: 3, r: 4}\nc: {q: 5, <<: [*x, *y]}\nd: {'<<': 1}\n", &issues);
    assert_int_equal(issues.n, 0);
    const MlNode *c = get(d, "c");
    assert_int_equal(c->n, 3);
    assert_string_equal(ml_node_get(c, "q")->text, "5");
    assert_string_equal(ml_node_get(c, "p")->text, "1");
    assert_string_equal(ml_node_get(c, "r")->text, "4");
    assert_int_equal(get(d, "d")->n, 1); /* quoted, it is a key like others */
    ml_document_free(d);
    ml_issues_free(&issues);
}

static void all_errors_of_the_tree_at_once(void **state) {
    (void)state;
    MlIssues issues;
    MlDocument *d = parse("a: 1\na: 2\nb: *none\nc: !odd 3\na: 4\n", &issues);
    assert_non_null(d);
    ml_issues_sort(&issues);
    assert_int_equal(issues.nerror, 4);
    assert_int_equal(issues.issue[0].line, 2);
    assert_int_equal(issues.issue[1].line, 3);
    assert_int_equal(issues.issue[2].line, 4);
    assert_int_equal(issues.issue[3].line, 5);
    assert_string_equal(get(d, "a")->text, "1");
    assert_true(get(d, "b")->broken);
    ml_document_free(d);
    ml_issues_free(&issues);
}

static void empty_and_comments(void **state) {
    (void)state;
    static const char *const texts[] = {"", "# only words\n", "---\n", "\n\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        MlIssues issues;
        MlDocument *d = parse(texts[i], &issues);
        assert_non_null(d);
        assert_int_equal(issues.n, 0);
        ml_document_free(d);
        ml_issues_free(&issues);
    }
}

static void many_keys_are_no_burden(void **state) {
    (void)state;
    enum { N = 100000 };
    MlIssues issues;
    char *text = malloc(N * 16);
    size_t used = 0;
    assert_non_null(text);
    for (int i = 0; i < N; i++) used += (size_t)sprintf(text + used, "k%d: 1\n", i);
    MlDocument *d = parse(text, &issues);
    assert_int_equal(issues.n, 0);
    assert_int_equal(ml_document_root(d)->n, N);
    ml_document_free(d);
    ml_issues_free(&issues);
    free(text);
}

static void long_lists_of_errors_are_cut(void **state) {
    (void)state;
    MlIssues issues;
    ml_issues_init(&issues);
    for (int i = 0; i < 1000; i++) ml_issues_add(&issues, MILIEU_BAD_INPUT, "f", i + 1, 1, "wrong");
    for (int i = 0; i < 5; i++) ml_issues_add(&issues, MILIEU_BAD_INPUT, "f", 1, 1, "wrong");
    assert_int_equal(issues.nerror, 1000);
    assert_int_equal(issues.n + issues.dropped, 1000);
    assert_int_equal(ml_issues_code(&issues), MILIEU_BAD_INPUT);
    ml_issues_free(&issues);
}

static void issues_are_printed_with_their_place(void **state) {
    (void)state;
    MlIssues issues;
    char text[256];
    ml_issues_init(&issues);
    ml_issues_add(&issues, MILIEU_NOT_AVAILABLE, "f.yaml", 3, 7, "not %s", "yet");
    ml_issues_note(&issues, "f.yaml", 1, 2, "by the way");
    assert_int_equal(ml_issues_code(&issues), MILIEU_NOT_AVAILABLE);
    ml_issues_sort(&issues);
    ml_issue_print(&issues.issue[0], text, sizeof text);
    assert_string_equal(text, "f.yaml:1:2: note: by the way");
    ml_issue_print(&issues.issue[1], text, sizeof text);
    assert_string_equal(text, "f.yaml:3:7: not yet");
    ml_issues_free(&issues);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_know_their_place),
        cmocka_unit_test(null_is_plain),
        cmocka_unit_test(aliases_share_a_node),
        cmocka_unit_test(merges_keep_own_keys),
        cmocka_unit_test(all_errors_of_the_tree_at_once),
        cmocka_unit_test(empty_and_comments),
        cmocka_unit_test(many_keys_are_no_burden),
        cmocka_unit_test(long_lists_of_errors_are_cut),
        cmocka_unit_test(issues_are_printed_with_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
