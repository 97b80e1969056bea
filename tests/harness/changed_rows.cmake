# cmake -D WORK=<dir> -D TESTS=<commfold_runtime_tests> -D GENERATOR=<commfold_generate_rows> -P changed_rows.cmake
# Who tests the tests of the measured rows? Rows that are wrong in one way each: the tests must fail over each of them, in these words.
cmake_minimum_required(VERSION 3.24)
set(data ${CMAKE_CURRENT_LIST_DIR}/../data)

# Copies the rows to WORK. In one file, the first `from` that follows the first `anchor` becomes `to`.
function(change file anchor from to)
  file(REMOVE_RECURSE ${WORK})
  file(COPY ${data}/ DESTINATION ${WORK})
  file(READ ${data}/${file} rest)
  set(text "")
  foreach(part IN ITEMS anchor from)
    string(FIND "${rest}" "${${part}}" at)
    if(at EQUAL -1)
      message(FATAL_ERROR "${file} has no '${${part}}' behind '${anchor}'")
    endif()
    string(SUBSTRING "${rest}" 0 ${at} before)
    string(SUBSTRING "${rest}" ${at} -1 rest)
    string(APPEND text "${before}")
  endforeach()
  string(LENGTH "${from}" length)
  string(SUBSTRING "${rest}" ${length} -1 rest)
  file(WRITE ${WORK}/${file} "${text}${to}${rest}")
endfunction()

function(run result)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env "COMMFOLD_ORACLE_DIR=${WORK}" ${ARGN}
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  # Catch2 wraps what it prints.
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  set(${result} "${code}: ${output}" PARENT_SCOPE)
endfunction()

# refused(file anchor from to words): with this change, the program `asked` fails and prints these words.
function(refused file anchor from to words)
  change("${file}" "${anchor}" "${from}" "${to}")
  run(said ${asked})
  string(FIND "${said}" "${words}" at)
  if(said MATCHES "^0:" OR at EQUAL -1)
    string(SUBSTRING "${said}" 0 4000 said)
    message(FATAL_ERROR "${file}: '${from}' as '${to}' should fail with '${words}', but: ${said}")
  endif()
endfunction()

set(ops torch_ops.jsonl)
set(asked ${TESTS} "operators: sizes*")
refused(${ops} [=["res":{"dtype":"bfloat16","sizes":[7]]=] [=["strides":[1]]=] [=["strides":[2]]=] "without_ids(ours) == theirs")
refused(${ops} [["op":"c10d::allreduce_.default"]] [["pg":{"pg":"0","size":1},"comm"]]
  [["pg":{"exc":"TypeError","msg":"Func c10d.allreduce_.default not found in <collective_ops>"},"comm"]] "is_refused(ours)")
refused(${ops} [[Unrecognized reduce_op]] [[Unrecognized reduce_op: foo]] [[Split sizes must be non-negative]] "same_reason(failed, ours)")
refused(${ops} [[There were no tensor arguments]] [[There were no tensor arguments]] [[There was no memory]] "is_refused(ours)")
refused(${ops} [["op":"c10d::allreduce_.default"]] [[{"reduce_op":]] [[{"quaternion":]]
  [[nothing is known to be written as {"quaternion":]])
# One bad row hides no other: the tally is there, and counts them all.
refused(${ops} [["op":"c10d::allreduce_.default"]] [[{"reduce_op":]] [[{"quaternion":]] "torch_ops.jsonl: compared 1333 rows")

set(sent openmpi_sent_bytes.tsv)
set(asked ${TESTS} "Open MPI: what each rank sends*")
refused(${sent} "allreduce	4	ring" "1366	4" "1367	4" "ours.bytes == theirs.bytes")
refused(${sent} "allreduce	4	ring" "1366	4" "1366	5" "ours.messages == theirs.messages")
refused(${sent} "bcast	6	binomial	0	8" "0,1024,1024,0,1024" "0,1024,1024,1024,0" "ours.to_each == theirs.to_each")
refused(${sent} "allreduce	4" "	ring" "	rings" "allreduce has no algorithm 'rings'")
refused(${sent} "allreduce	4" "vector" "block" "nothing is known of bytes that mean 'block'")
# One bad row hides no other.
refused(${sent} "allreduce	4" "vector" "block" "compared 2807 rows of 2808")
set(asked ${TESTS} "Open MPI: what each rank receives*")
refused(${sent} "bcast	6	binomial	0	8" "0,1024,1024,0,1024" "0,1024,1024,1024,0" "e.received[rank]")

set(asked ${GENERATOR} ${data} ${WORK}/generated 1)
refused(${ops} [["op":"c10d::allreduce_.default"]] [["pg":{"pg":"0","size":1},"comm"]]
  [["pg":{"exc":"TypeError","msg":"Func c10d.allreduce_.default not found in <collective_ops>"},"comm"]]
  "nothing excuses that PyTorch raises")

set(steps torch_steps.jsonl)
set(asked ${TESTS} "every call of every configuration*")
set(fsdp [["config":"fsdp2_w8","mode":"fake","world":8]])
set(wait [["op":"_c10d_functional::wait_tensor.default"]])
refused(${steps} "${wait}" [["nbytes":]] [["nbytes":9]] "no call of ours is waited for here")
refused(${steps} "${wait}" "${wait}" [["op":"_c10d_functional::all_reduce.default"]] "mesh_dim")
refused(${steps} "${fsdp}" [["pg":"0","size":8},false]] [["pg":"0","size":8},true]] "true")
refused(${steps} "${fsdp}" [[,"work":"FakeWork"}]] [[,"work":{"exc":"TypeError","msg":"Func x not found in <collective_ops>"}}]]
  "is_refused(ours)")
refused(${steps} [["config":"tp_w4","mode":"fake","world":4]] [["pg":{"pg":"0","size":4},"comm"]] [["pg":{"pg":"7","size":4},"comm"]]
  "group '0' of 4")
refused(${steps} [["forward:c10d::_allgather_base_.default":]] [["forward:c10d::_allgather_base_.default":3]]
  [["forward:c10d::_allgather_base_.default":4]] [[counts == summary.at("counts")]])
refused(${steps} [["c10d::_allgather_base_.default@dp":]] [["c10d::_allgather_base_.default@dp":8]]
  [["c10d::_allgather_base_.default@dp":9]] [[bytes == summary.at("comm_bytes")]])
refused(${steps} [["config":"fsdp2_w8","mode":"cpu","summary"]] [["clip_error":null]]
  [["clip_error":{"phase":"clip","exc":"E","msg":"something else"}]] "is_known_failure(c.failure)")

set(asked ${TESTS} "the public calls emit*")
refused(torch_dist_api.jsonl [["api":"dist.all_reduce"]] [["comm":128]]
  [["comm":{"exc":"TypeError","msg":"Unknown function: c10d.allreduce_.default in <collective_ops>"}]] "is_refused(ours)")
refused(torch_dist_api.jsonl [["api":"funcol.all_reduce","mode":"fake"]] "${wait}" [["op":"c10d::barrier.default"]] "ours does not emit")

set(sockets gloo_collectives.tsv)
set(asked ${TESTS} "every collective over gloo*")
refused(${sockets} "\tall_reduce\t" "\t196\t4\t1\t2\t4,0,0\t" "\t197\t4\t1\t2\t4,0,0\t" [[socket_bytes() ==]])
refused(${sockets} "\tall_reduce\t" "\t196\t4\t1\t2\t4,0,0\t" "\t196\t4\t1\t2\t0,0,4\t" [[payload_to ==]])
refused(${sockets} "\tbroadcast\t1\t" "\t0,0,0\t0,1,0\t" "\t0,0,0\t0,0,1\t" [[messages_from ==]])
refused(${sockets} "\tall_reduce\t" "0:4\tallreduce:1" "0:4x2\tallreduce:1" [[sizes_to ==]])
refused(${sockets} "\tgather\t" "\tgather\t" "\tgathering\t" [[nothing is known of the operation gathering]])
set(sockets gloo_steps.jsonl)
set(asked ${TESTS} "every call and every phase of the steps over gloo*")
refused(${sockets} [["op":"c10d::allreduce_.default"]] [["payload":[]] [["payload":[9]] [[sent_bytes ==]])
refused(${sockets} [["phase_total":true]] [["bytes":[]] [["bytes":[9]] [[phase.bytes ==]])
refused(${sockets} [["phase_total":true]] [["phase_total":true]] [["phase_total_of":true]] [[phase.is_zero()]])
refused(${sockets} [["op":"c10d::send.default"]] [["sizes":[]] [["sizes":[9]] [[phase.bytes ==]])
set(sockets gloo_dtensor.jsonl)
set(asked ${TESTS} "every call of the redistributions over gloo*")
refused(${sockets} [["mesh"]] [["recv_msgs":[]] [["recv_msgs":[9]] [[received_messages ==]])
refused(${sockets} [["mesh"]] [["op":"_c10d_functional::all_gather_into_tensor.default"]] [["op":"_c10d_functional::all_reduce.default"]]
  [[socket_bytes(all) ==]])

set(asked ${TESTS} "every pytree that PyTorch was asked about")
refused(torch_tree_map_only.jsonl [["opaque":"set"]] [["opaque":"set"]] [["mystery":"set"]] [[nothing is known to be written as {"mystery":"set"]])

set(asked ${TESTS} "every latency and bandwidth of NCCL*")
refused(nccl_tuning.tsv [[h100-8nic	90	8	48	48	2	2	Broadcast	Ring	LL]] [[9.30000019]] [[9.30000114]] "bits(ours.latency_us) == bits(")
refused(nccl_tuning.tsv [[	AllReduce	]] [[AllReduce]] [[AllToAll]] "oracle: NCCL has no function AllToAll")
refused(nccl_tuning.tsv [[a100-8nic	80]] [[	80	]] [[	90	]] "found.compute_capability == ")
refused(nccl_tuning.tsv [[	PAT	]] [[PAT]] [[PUT]] "oracle: nothing of NCCL's is called PUT")
set(asked ${TESTS} "every choice of NCCL*")
refused(nccl_choice.tsv [[h100-8nic	2	2	Broadcast	64	]] [[Ring]] [[Tree]] "name(ours.algorithm) == name(theirs.algorithm)")
refused(nccl_choice.tsv [[h100-8nic	2	2	Broadcast	64	]] [[9.30266666]] [[9.30266762]] "bits(ours.time_us) == bits(")
refused(nccl_choice.tsv [[a100-8nic	]] [[a100-8nic]] [[a100]] "no machine is called 'a100'")

file(REMOVE_RECURSE ${WORK})
