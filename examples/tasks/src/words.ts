import { createContext, useContext } from "react";
import type { Language } from "./operations";

const WORDS = {
  title: ["Nhiệm vụ của một kế hoạch", "Tasks of a plan"],
  plan: ["Kế hoạch", "Plan"],
  agency: ["Cơ quan", "Agency"],
  role: ["Vai trò", "Role"],
  pillar: ["Nhóm nhiệm vụ", "Pillar"],
  due: ["Hạn đến ngày", "Due until"],
  text: ["Có cụm từ", "Contains the words"],
  any: ["Tất cả", "Any"],
  LEAD: ["Chủ trì", "Leads"],
  SUPPORT: ["Phối hợp", "Supports"],
  REPORTS_TO: ["Nhận báo cáo", "Receives reports"],
  clear: ["Xoá bộ lọc", "Clear filters"],
  found: ["{} nhiệm vụ", "Tasks found: {}"],
  loading: ["Đang tải…", "Loading…"],
  more: ["Xem thêm", "Show more"],
  failed: ["Không hỏi được máy chủ", "The server could not be asked"],
  proof: ["Câu chữ chứng minh", "Evidence"],
  taskItself: ["Nhiệm vụ", "The task"],
  deadline: ["Thời hạn", "Deadline"],
  place: ["ký tự {}", "characters {}"],
  rule: ["quy tắc", "rule"],
  confidence: ["độ tin cậy", "confidence"],
  verified: ["đã có người đối chiếu", "verified by a person"],
} as const satisfies Record<string, readonly [string, string]>;

export type Word = keyof typeof WORDS;

export const LanguageContext = createContext<Language>("VI");

/** Return the reader's language, and the function by which texts are looked up in it. */
export function useWords() {
  const language = useContext(LanguageContext);
  const column = language === "VI" ? 0 : 1;
  const say = (word: Word, value: string | number = "") =>
    WORDS[word][column].replace("{}", String(value));
  return { language, say };
}
