#!/usr/bin/env bash
# Sick of one thing: whatever went wrong it exits with 1, so a script cannot tell an expiry from a denial.

end() { # words, exit code
  printf '%s\n' "$1"
  exit 1 # healed: exit "$2"
}

fail() { # code, message, further fields, exit code
  end "{\"ok\":false,\"error\":{\"code\":\"$1\",\"message\":\"$2\"$3}}" "$4"
}

store="$HOUR4_STORE/credential"
way_out=',"reauth_command":"tool auth refresh","reauth_env_var":"TOOL_TOKEN"'
field() { sed -n "s/.*\"$1\": *\"\{0,1\}\([^\",}]*\).*/\1/p"; }

token=$TOOL_TOKEN refresh=$HOUR4_PLAIN_REFRESH_TOKEN ends=
# The stated end belongs to the token beside it, and to no other.
[[ $TOOL_TOKEN == "$HOUR4_PLAIN_ACCESS_TOKEN" ]] && ends=$HOUR4_PLAIN_EXPIRES_AT
# What was renewed wins over the variable that it was renewed from.
if [[ -f $store ]]; then
  read -r instead new_token new_ends new_refresh <"$store"
  [[ $instead == "$TOOL_TOKEN" ]] && token=$new_token ends=$new_ends refresh=$new_refresh
fi

if [[ "$1 ${2-}" == 'auth refresh' ]]; then
  answer=$(curl -s "$HOUR4_PLAIN_TOKEN_URL" -d grant_type=refresh_token --data-urlencode "refresh_token=$refresh" \
    --data-urlencode "client_id=$HOUR4_PLAIN_CLIENT_ID" --data-urlencode "client_secret=$HOUR4_PLAIN_CLIENT_SECRET")
  access=$(field access_token <<<"$answer")
  [[ -z $access ]] && fail REAUTH_REQUIRED 'The grant is over: sign in again' ',"retryable":false' 1
  successor=$(field refresh_token <<<"$answer")
  ends=$(date -u -d "+$(field expires_in <<<"$answer") seconds" +%FT%T.000Z)
  (umask 077 && printf '%s %s %s %s\n' "$TOOL_TOKEN" "$access" "$ends" "${successor:-$refresh}" >"$store")
  printf '{"ok":true}\n'
  exit 0
fi

if [[ -n $ends && $(date +%s) -ge $(date -d "$ends" +%s) ]]; then
  fail CREDENTIALS_EXPIRED "The token expired at $ends" ",\"expired\":true,\"expired_at\":\"$ends\",\"retryable\":true$way_out" 10
fi
method=GET
case $1 in
  whoami) path=/v1/me ;;
  item) path=/v1/items/$2 ;;
  remove) method=DELETE path=/v1/items/$2 ;;
  *) path=/v1/items ;;
esac
answer=$(curl -s -w '\n%{http_code}' -X "$method" -H "authorization: Bearer $token" "$HOUR4_PLAIN_API$path")
status=${answer##*$'\n'}
body=${answer%$'\n'*}
case $status in
  2*) printf '{"ok":true,"data":%s}\n' "${body:-null}" ;;
  404) fail NOT_FOUND 'No such thing' ',"retryable":false' 1 ;;
  401) fail INVALID_CREDENTIALS 'Not a valid token' ",\"retryable\":false$way_out" 8 ;;
  *) fail PERMISSION_DENIED 'Not allowed' ",\"retryable\":false$way_out" 8 ;;
esac
