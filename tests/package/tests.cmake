# What each consumer tests: that it runs, and, where it has the tool, that its budgets are kept and that broken ones are seen.
enable_testing()
add_test(NAME consumer COMMAND consumer)
if(NOT BUDGET_TESTS)
  return()
endif()

commfold_add_budget_test(NAME kept.printed REPORT printed.json BUDGET ../kept.json COMMAND consumer print)
commfold_add_budget_test(NAME kept.written REPORT "of a program.json" BUDGET ../kept.json COMMAND consumer write "of a program.json")
commfold_add_budget_test(NAME kept.there REPORT printed.json BUDGET ../kept.json)
set_tests_properties(kept.there PROPERTIES DEPENDS kept.printed)

# Twice: CTest looks at the words or at the exit status.
function(add_broken_test name words)
  foreach(kind IN ITEMS fails says)
    commfold_add_budget_test(NAME ${name}.${kind} REPORT ${name}.${kind}.json ${ARGN})
    file(COPY_FILE ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/stale.json ${CMAKE_CURRENT_BINARY_DIR}/${name}.${kind}.json)
  endforeach()
  set_tests_properties(${name}.fails PROPERTIES WILL_FAIL ON)
  set_tests_properties(${name}.says PROPERTIES PASS_REGULAR_EXPRESSION "${words}")
endfunction()

add_broken_test(broken "nothing in dp: calls over 'dp': 1, at most 0; largest: .* over 'dp' 1\n.*exits[ \n]+with 1"
  BUDGET ../broken.json COMMAND consumer print)
add_broken_test(broken_there "nothing in dp: calls over 'dp': 1, at most 0" BUDGET ../broken.json)
# A report of an earlier run, stale.json, would keep the budget.
add_broken_test(writes_nothing "writes_nothing.says.json:1:1: is no JSON.*exits[ \n]+with 2" BUDGET ../kept.json COMMAND consumer)
add_broken_test(fails "the program that writes the report failed: 3" BUDGET ../kept.json COMMAND consumer fail)
add_broken_test(is_not_there "the program that writes the report failed: .*such file" BUDGET ../kept.json COMMAND no-such-program)
add_broken_test(no_budget "nowhere.json: cannot be opened" BUDGET nowhere.json COMMAND consumer print)
