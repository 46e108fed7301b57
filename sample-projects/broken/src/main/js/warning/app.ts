export const prices = {
  mint: 80,
  mint: 95,
};
