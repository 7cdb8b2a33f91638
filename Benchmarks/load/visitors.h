#pragma once

/// Makes as many visitor sessions (and, if asked, conversations) as there are connections, or takes them from the file of an earlier run.
void visitors_ready(void);
const char *visitor_token(int visitor);
/// Of the tokens given, that of the agent who sits at this place.
const char *agent_token(int agent);
const char *visitor_conversation(int visitor);
/// The visitor whose conversation this is, or -1.
int visitor_of(const char *conversation);
/// Where the workspace's events stand, asked as the agent.
long long newest_seq(void);
const char *visitors_site_header(void);
/// Differs from run to run, so that client ids do.
const char *visitors_run(void);
