#pragma once

/// Arranges memory for a process that lives for milliseconds: fewer, larger requests to the system than are made
/// otherwise. To be called before there is a second thread.
void sailplan_arrange_memory(void);
