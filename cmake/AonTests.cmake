# Tests.  Adding a file is enough:
#
#   tests/unit/<module>_test.c, tests/unit/<module>_<subject>_test.c
#       one program, linked with that module, its declared deps and tests/ref only
#   tests/scripts/<name>.sh, .py
#       run in an empty directory with AON, AONCK, SRCDIR, AON_SANITIZED in the
#       environment; exit status 77 means skipped
#   tests/fuzz/<module>_<subject>_fuzz.c
#       see tests/fuzz/CMakeLists.txt
#
# A line "ctest: labels=slow timeout=300 serial" near the top of a test sets its
# properties; the default timeout is 120 seconds.  Tests labelled "slow" are left out of
# the sanitizer run.

# A sanitizer report must never look like an exit code of ours.
set(AON_TEST_ENV
    "ASAN_OPTIONS=exitcode=99:detect_stack_use_after_return=1"
    "LSAN_OPTIONS=exitcode=99"
    "UBSAN_OPTIONS=exitcode=99:print_stacktrace=1")

# Sets `out` to the module a test file belongs to: the longest matching name.
function(aon_module_of out stem)
    set(best "")
    foreach(module IN LISTS AON_MODULES ITEMS checker)
        if(stem MATCHES "^${module}_")
            string(LENGTH "${module}" length)
            string(LENGTH "${best}" best_length)
            if(length GREATER best_length)
                set(best ${module})
            endif()
        endif()
    endforeach()
    if(NOT best)
        message(FATAL_ERROR "tests: '${stem}.c' does not start with the name of a module")
    endif()
    set(${out} ${best} PARENT_SCOPE)
endfunction()

function(aon_test_properties name file)
    # Its first lines are read below.
    set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND
                 PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    set_tests_properties(${name} PROPERTIES TIMEOUT 120 SKIP_RETURN_CODE 77)
    file(STRINGS ${file} wish REGEX "^[#/* ]*ctest:" LIMIT_COUNT 1)
    if(wish MATCHES "labels=([a-z,]+)")
        string(REPLACE "," ";" labels "${CMAKE_MATCH_1}")
        set_tests_properties(${name} PROPERTIES LABELS "${labels}")
    endif()
    if(wish MATCHES "timeout=([0-9]+)")
        set_tests_properties(${name} PROPERTIES TIMEOUT ${CMAKE_MATCH_1})
    endif()
    if(wish MATCHES " serial")
        set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
    endif()
endfunction()

function(aon_link_module target module)
    if(module STREQUAL "checker")
        target_link_libraries(${target} PRIVATE aonck_core)
    else()
        target_link_libraries(${target} PRIVATE aon_${module})
    endif()
endfunction()

function(aon_add_unit_tests)
    set(tests ${PROJECT_SOURCE_DIR}/tests)
    file(GLOB ref CONFIGURE_DEPENDS ${tests}/ref/*.c)
    if(ref)
        add_library(aon_ref STATIC ${ref})
        target_include_directories(aon_ref PUBLIC ${tests})
        target_link_libraries(aon_ref PRIVATE aon_flags PUBLIC GMP::GMP)
    endif()
    file(GLOB files CONFIGURE_DEPENDS ${tests}/unit/*_test.c)
    foreach(file IN LISTS files)
        get_filename_component(stem ${file} NAME_WE)
        aon_module_of(module ${stem})
        add_executable(${stem} ${file})
        target_include_directories(${stem} PRIVATE ${tests})
        target_link_libraries(${stem} PRIVATE aon_flags)
        aon_link_module(${stem} ${module})
        if(ref)
            target_link_libraries(${stem} PRIVATE aon_ref)
        endif()
        set_target_properties(${stem} PROPERTIES
            RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
        add_test(NAME unit/${stem} COMMAND ${stem}
                 WORKING_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
        aon_test_properties(unit/${stem} ${file})
        set_tests_properties(unit/${stem} PROPERTIES
            ENVIRONMENT "${AON_TEST_ENV};SRCDIR=${PROJECT_SOURCE_DIR}")
    endforeach()
endfunction()

function(aon_add_script_tests)
    set(env ${AON_TEST_ENV} "SRCDIR=${PROJECT_SOURCE_DIR}" "LC_ALL=C.UTF-8"
            "AON_SANITIZED=$<BOOL:${AON_SANITIZE}>" "AON=" "AONCK=")
    foreach(program aon aonck)
        if(TARGET ${program})
            string(TOUPPER ${program} variable)
            list(APPEND env "${variable}=$<TARGET_FILE:${program}>")
        endif()
    endforeach()
    file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/scripts/*.sh
                                      ${PROJECT_SOURCE_DIR}/tests/scripts/*.py)
    foreach(file IN LISTS files)
        get_filename_component(stem ${file} NAME_WE)
        set(name script/${stem})
        add_test(NAME ${name}
                 COMMAND ${CMAKE_COMMAND} -E env ${env}
                         sh ${PROJECT_SOURCE_DIR}/cmake/run-script-test.sh
                         ${file} ${PROJECT_BINARY_DIR}/scratch/${stem})
        aon_test_properties(${name} ${file})
    endforeach()
endfunction()
